namespace Guard.Core.Estimation;

/// <summary>How an expert mixture steps and clips. The defaults ask nothing of the user and are Guard's choice.</summary>
public sealed record ExpertMixtureOptions
{
    /// <summary>Gets the rate of the fastest expert; each next expert is half as fast. Default: 1/2.</summary>
    public double FastestRate { get; init; } = 0.5;

    /// <summary>Gets the number of experts. Default: 17, down to a rate of 2^−17, for streams with up to some 10^5 samples between changes.</summary>
    public int Experts { get; init; } = 17;

    /// <summary>Gets the clip level that all experts share. Default: 2·T^(1/4) times the median of the last 64 gradient norms.</summary>
    public ClipLevel Clip { get; init; } = ClipLevel.RollingQuantile();

    /// <summary>Gets the set that the parameters stay in, or null for the whole space. A convex set keeps the mixture inside too. Default: null.</summary>
    public Projection? Projection { get; init; }
}
