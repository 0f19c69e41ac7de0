namespace Guard.Core.Hosting;

/// <summary>One telemetry stream with its recent past.</summary>
/// <param name="Summary">The stream.</param>
/// <param name="Readings">Its recent readings, oldest first.</param>
/// <param name="Alerts">Its kept alerts, newest first.</param>
/// <param name="ChangePoints">When its level shifted for good, among what is kept, newest first.</param>
public sealed record StreamView(
    StreamSummary Summary, IReadOnlyList<StreamReading> Readings, IReadOnlyList<StreamAlert> Alerts, IReadOnlyList<DateTimeOffset> ChangePoints);
