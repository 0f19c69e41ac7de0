namespace Guard.Core.Clicks;

/// <summary>One reading of a telemetry stream.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Time">When it was read, in Unix milliseconds.</param>
/// <param name="Values">One value per dimension of the stream; not empty, and NaN where a value is missing.</param>
public sealed record TelemetryPoint(string Stream, long Time, IReadOnlyList<double> Values);
