namespace Guard.Core.Calibration;

/// <summary>What the slice programme found.</summary>
/// <param name="Feasible">Whether the budget covers all floors.</param>
/// <param name="Price">λ, the IVR that one more unit of the budget would buy; 0 where the budget is slack, NaN where infeasible.</param>
/// <param name="Fpr">The FPR of each slice; empty where infeasible.</param>
/// <param name="TotalIvr">Σ w f(x); NaN where infeasible.</param>
/// <param name="TotalFpr">Σ v x; where infeasible Σ v l, the least that the floors need.</param>
/// <param name="Shortfalls">The floors that cannot be met, in slice order; empty where feasible.</param>
public sealed record ProgrammeSolution(
    bool Feasible,
    double Price,
    IReadOnlyList<double> Fpr,
    double TotalIvr,
    double TotalFpr,
    IReadOnlyList<FloorShortfall> Shortfalls);
