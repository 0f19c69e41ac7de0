namespace Guard.Server.Answers;

/// <summary>One telemetry stream.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Dimension">How many values a reading has.</param>
/// <param name="Rows">How many readings it had.</param>
/// <param name="Newest">The newest reading.</param>
/// <param name="Open">The alert that goes on.</param>
public sealed record StreamAnswer(string Stream, int Dimension, long Rows, ReadingAnswer? Newest, AlertAnswer? Open);
