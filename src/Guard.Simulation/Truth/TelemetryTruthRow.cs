namespace Guard.Simulation.Truth;

/// <summary>An anomaly, or the lasting change of level, that was planted into a telemetry stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Start">The first moment.</param>
/// <param name="End">The first moment after it; the scenario's end for a change of level.</param>
/// <param name="Kind"><c>spike</c>, <c>dip</c>, <c>flat</c>, <c>noise</c> or <c>level-shift</c>.</param>
public sealed record TelemetryTruthRow(string Stream, DateTimeOffset Start, DateTimeOffset End, string Kind);
