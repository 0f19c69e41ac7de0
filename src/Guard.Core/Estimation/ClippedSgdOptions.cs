namespace Guard.Core.Estimation;

/// <summary>How an estimator steps, clips and projects. The defaults ask nothing of the user and are Guard's choice.</summary>
public sealed record ClippedSgdOptions
{
    /// <summary>Gets the step size. Default: T^(−2/3), the rate for an unknown drift.</summary>
    public StepRate Rate { get; init; } = StepRate.HorizonPower(2.0 / 3);

    /// <summary>Gets the clip level. Default: 2·T^(1/4) times the median of the last 64 gradient norms.</summary>
    public ClipLevel Clip { get; init; } = ClipLevel.RollingQuantile();

    /// <summary>Gets the horizon T, or null for the doubling trick: T is the least power of two that is at least t and 16. Default: null.</summary>
    public long? Horizon { get; init; }

    /// <summary>Gets the set that the parameters stay in, or null for the whole space. Default: null.</summary>
    public Projection? Projection { get; init; }
}
