namespace Guard.Core.Estimation.Thresholding;

/// <summary>How an <see cref="AbstainingThreshold"/> decides. The defaults other than the quantile and α are ours.</summary>
public sealed record AbstainingThresholdOptions
{
    /// <summary>Level p of the quantile that separates benign from anomalous, in (0, 1).</summary>
    /// <value>Default 0.99.</value>
    public double Quantile { get; init; } = 0.99;

    /// <summary>
    /// Bound on the probability that, while the distribution stays the same, a score is ever judged wrongly or a change is ever declared; in (0, 0.5].
    /// </summary>
    /// <value>Default 0.001.</value>
    public double Alpha { get; init; } = 1e-3;

    /// <summary>Further quantile levels that are watched for changes, each in (0, 1); may be empty.</summary>
    /// <value>Default 0.1, 0.5 and 0.9.</value>
    public IReadOnlyList<double> Monitors { get; init; } = [0.1, 0.5, 0.9];

    /// <summary>
    /// Most values stored for each watched level, at least 8; <see cref="int.MaxValue"/> keeps every value that can matter, so that ranks are exact.
    /// </summary>
    /// <value>Default 128.</value>
    public int Capacity { get; init; } = 128;

    /// <summary>
    /// Probability, for one window of scores, at or below which its count of high (or low) scores is suspicious, so that decisions that a change
    /// would make wrong are withheld; in [0, 0.5], 0 never abstains for this reason.
    /// </summary>
    /// <value>Default 0.01.</value>
    public double Suspicion { get; init; } = 0.01;

    /// <summary>Whether a change of distribution restarts the threshold.</summary>
    /// <value>Default true.</value>
    public bool DetectChanges { get; init; } = true;

    /// <summary>Online scores, since the last restart, that an offline set must have been compared with before it is pooled; at least 0.</summary>
    /// <value>Default 30.</value>
    public int OfflineMinimum { get; init; } = 30;

    /// <summary>What is wrong with the settings, or null.</summary>
    internal string? Fault() =>
        !(Quantile > 0 && Quantile < 1) ? $"The quantile is {Quantile}; it must lie between 0 and 1, 0.99 for example."
        : !(Alpha > 0 && Alpha <= 0.5) ? $"Alpha is {Alpha}; it must lie above 0 and at most at 0.5, 0.001 for example."
        : Monitors.Any(static level => !(level > 0 && level < 1)) ? "A monitored level lies outside 0 to 1; name levels such as 0.1, 0.5 and 0.9."
        : Capacity < 8 ? $"The capacity is {Capacity}; at least 8 values a level are needed."
        : !(Suspicion >= 0 && Suspicion <= 0.5) ? $"The suspicion level is {Suspicion}; it must lie between 0 and 0.5, 0.01 for example."
        : OfflineMinimum < 0 ? $"The offline minimum is {OfflineMinimum}; it must be 0 or more."
        : null;
}
