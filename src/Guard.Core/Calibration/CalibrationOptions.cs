namespace Guard.Core.Calibration;

/// <summary>What calibration promises and how. None of the defaults is published for a system in use; all are ours.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Gets how thresholds are chosen. Default: <see cref="CalibrationMethod.Slices"/>.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.Slices;

    /// <summary>Gets the greatest FPR of all traffic together, in (0, 1]. Default: 0.01.</summary>
    public double Budget { get; init; } = 0.01;

    /// <summary>Gets which FPR the budget limits. Default: <see cref="BudgetBasis.Expected"/>, so that fresh clicks keep the promise on average; the FPR measured on the sample then lies below the budget.</summary>
    public BudgetBasis Basis { get; init; } = BudgetBasis.Expected;

    /// <summary>Gets the greatest FPR of any one slice, in (0, 1]; <see langword="null"/> for five times the budget, so that no slice's humans pay for the rest. A slice too thin for a threshold from the budget is held to it as soon as its own purchasing clicks show harm (<see cref="BackOffReason.ProtectedFromParent"/>).</summary>
    public double? SliceFprLimit { get; init; }

    /// <summary>Gets the fewest purchasing clicks with which a slice has a threshold from the budget, from 1; where its share of the budget is less than the one click that a threshold costs, it needs more. Default: 100, of which the default budget allows that one.</summary>
    public int MinimumPurchasing { get; init; } = 100;

    /// <summary>Gets the least robotic coverage of every slice with a threshold of its own that has clicks in robotic sessions, in [0, 1]. Default: 0, no floor.</summary>
    public double CoverageFloor { get; init; }

    /// <summary>Gets k: a session with more ad clicks than this in an hour counts as robotic; from 1. Default: 10.</summary>
    public int RoboticClicksPerHour { get; init; } = 10;

    /// <summary>Gets the two-sided confidence of the Wilson intervals, in (0, 1). Default: 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets the limit of a slice's FPR that is in force.</summary>
    internal double SliceFprLimitInForce => SliceFprLimit ?? Math.Min(1, 5 * Budget);

    /// <summary>Gets what is wrong with the options in one line, or <see langword="null"/>.</summary>
    public string? Problem() =>
        !Enum.IsDefined(Method) ? $"method {Method} is unknown: choose Slices, Global or Knee"
        : !Enum.IsDefined(Basis) ? $"basis {Basis} is unknown: choose Expected, Measured or UpperBound"
        : !(Budget is > 0 and <= 1) ? $"budget {Budget} is outside (0, 1]"
        : SliceFprLimit is { } limit && !(limit is > 0 and <= 1) ? $"slice FPR limit {limit} is outside (0, 1]"
        : MinimumPurchasing < 1 ? $"minimum of purchasing clicks {MinimumPurchasing} is below 1"
        : !(CoverageFloor is >= 0 and <= 1) ? $"coverage floor {CoverageFloor} is outside [0, 1]"
        : RoboticClicksPerHour < 1 ? $"robotic clicks per hour {RoboticClicksPerHour} is below 1"
        : !(Confidence is > 0 and < 1) ? $"confidence {Confidence} is outside (0, 1)"
        : null;
}
