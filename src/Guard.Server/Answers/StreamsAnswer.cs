namespace Guard.Server.Answers;

/// <summary>The telemetry streams by name.</summary>
/// <param name="Streams">The streams.</param>
public sealed record StreamsAnswer(IReadOnlyList<StreamAnswer> Streams);
