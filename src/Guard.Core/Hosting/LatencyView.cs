namespace Guard.Core.Hosting;

/// <summary>Percentiles of a latency.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="Greatest">The greatest.</param>
public sealed record LatencyView(long Count, TimeSpan P50, TimeSpan P99, TimeSpan P999, TimeSpan Greatest);
