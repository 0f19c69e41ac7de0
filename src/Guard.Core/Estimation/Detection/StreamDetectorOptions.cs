namespace Guard.Core.Estimation.Detection;

/// <summary>The few settings of a <see cref="StreamDetector"/>; every stream does well with the defaults, which are Guard's own.</summary>
public sealed record StreamDetectorOptions
{
    internal static StreamDetectorOptions Default { get; } = new();

    /// <summary>Gets how much evidence starts an alert, as an anomaly score in (0, 1).</summary>
    /// <value>Default 0.6; 0.5 is where the standard profile of NAB weighs misses and false alarms best.</value>
    public double AlertAt { get; init; } = 0.6;

    /// <summary>Gets after how many rows without a warm score an episode ends, at least 1.</summary>
    /// <value>Default 24.</value>
    public int QuietRows { get; init; } = 24;

    /// <summary>
    /// Gets after how many rows on one side, more than five usual deviations from the level and from the rhythm, a shifted level is taken as the
    /// new normal; at least 10. A row that falls back costs the run four rows.
    /// </summary>
    /// <value>Default 150.</value>
    public int AcceptAfter { get; init; } = Tuning.AcceptRows;

    /// <summary>Gets the share of values that the interval may leave out on each side, in (0, 0.5).</summary>
    /// <value>Default 0.01, an interval of 98 %.</value>
    public double IntervalMiss { get; init; } = 0.01;

    /// <summary>Gets the quantile of evidence that parts benign from anomalous in <see cref="Reading.Decision"/>, in (0, 1).</summary>
    /// <value>Default 0.99.</value>
    public double Quantile { get; init; } = 0.99;

    /// <summary>Gets the chance that a stream whose evidence keeps its distribution ever sees a wrong decision, in (0, 1).</summary>
    /// <value>Default 0.001.</value>
    public double Alpha { get; init; } = 1e-3;

    /// <summary>What is wrong with the settings, or null.</summary>
    internal string? Fault() =>
        AlertAt is not (> 0 and < 1) ? $"AlertAt is {AlertAt}; it must lie between 0 and 1, 0.6 for example."
        : QuietRows < 1 ? $"QuietRows is {QuietRows}; it must be 1 or more, 24 for example."
        : AcceptAfter < 10 ? $"AcceptAfter is {AcceptAfter}; it must be 10 or more, 200 for example."
        : IntervalMiss is not (> 0 and < 0.5) ? $"IntervalMiss is {IntervalMiss}; it must lie between 0 and 0.5, 0.01 for example."
        : Quantile is not (> 0 and < 1) ? $"Quantile is {Quantile}; it must lie between 0 and 1, 0.99 for example."
        : Alpha is not (> 0 and < 1) ? $"Alpha is {Alpha}; it must lie between 0 and 1, 0.001 for example."
        : null;
}
