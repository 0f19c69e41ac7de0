namespace Guard.Server.Answers;

/// <summary>One telemetry stream with its recent past.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Readings">Its recent readings, oldest first.</param>
/// <param name="Alerts">Its kept alerts, newest first.</param>
/// <param name="ChangePoints">When its level shifted for good, newest first.</param>
public sealed record StreamDetailAnswer(
    StreamAnswer Stream,
    IReadOnlyList<ReadingAnswer> Readings,
    IReadOnlyList<AlertAnswer> Alerts,
    IReadOnlyList<DateTimeOffset> ChangePoints);
