namespace Guard.Core.Calibration;

/// <summary>The six counts from which IVR, FPR and robotic coverage follow.</summary>
/// <param name="Clicks">All clicks.</param>
/// <param name="Invalidated">The clicks whose score reached the threshold.</param>
/// <param name="Purchasing">The clicks that led to a purchase.</param>
/// <param name="FalsePositives">The invalidated purchasing clicks.</param>
/// <param name="Robotic">The clicks in sessions with more than k ad clicks in an hour.</param>
/// <param name="Covered">The invalidated clicks among those.</param>
public readonly record struct ClickCounts(int Clicks, int Invalidated, int Purchasing, int FalsePositives, int Robotic, int Covered)
{
    /// <summary>Gets the invalidation rate: invalidated clicks / clicks; NaN without clicks.</summary>
    public double Ivr => (double)Invalidated / Clicks;

    /// <summary>Gets the false-positive rate: invalidated purchasing clicks / purchasing clicks; NaN without purchasing clicks.</summary>
    public double Fpr => (double)FalsePositives / Purchasing;

    /// <summary>Gets the robotic coverage: the invalidated share of the clicks in robotic sessions; NaN without such clicks.</summary>
    public double Coverage => (double)Covered / Robotic;

    /// <summary>Gets the IVR with its Wilson interval; <see langword="null"/> without clicks.</summary>
    public Rate? IvrRate(double confidence) => Rate.Wilson(Invalidated, Clicks, confidence);

    /// <summary>Gets the FPR with its Wilson interval; <see langword="null"/> without purchasing clicks.</summary>
    public Rate? FprRate(double confidence) => Rate.Wilson(FalsePositives, Purchasing, confidence);

    /// <summary>Gets the robotic coverage with its Wilson interval; <see langword="null"/> without clicks in robotic sessions.</summary>
    public Rate? CoverageRate(double confidence) => Rate.Wilson(Covered, Robotic, confidence);

    /// <summary>Adds the counts of disjoint sets of clicks.</summary>
    public static ClickCounts operator +(ClickCounts left, ClickCounts right) => left.Add(right);

    /// <summary>Adds the counts of a disjoint set of clicks.</summary>
    public ClickCounts Add(ClickCounts other) => new(
        Clicks + other.Clicks,
        Invalidated + other.Invalidated,
        Purchasing + other.Purchasing,
        FalsePositives + other.FalsePositives,
        Robotic + other.Robotic,
        Covered + other.Covered);
}
