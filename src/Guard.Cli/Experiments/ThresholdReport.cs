using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Cli.Experiments;

/// <summary>All that <c>guard experiment thresholds</c> measured; <paramref name="Digits"/> is empty without reference data.</summary>
internal sealed record ThresholdReport(
    ulong Seed,
    IReadOnlyList<ThresholdResult> Guard,
    IReadOnlyList<ThresholdResult> Published,
    IReadOnlyList<ThresholdResult> Digits,
    IReadOnlyList<ThresholdResult> Capacities);
