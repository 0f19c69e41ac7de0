namespace Guard.Server.Answers;

/// <summary>Percentiles of a latency over the last minutes, in milliseconds.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="Greatest">The greatest.</param>
public sealed record LatencyAnswer(long Count, double P50, double P99, double P999, double Greatest);
