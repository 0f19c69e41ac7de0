namespace Guard.Core.Hosting;

/// <summary>One telemetry stream.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Dimension">How many values a reading has.</param>
/// <param name="Rows">How many readings it had.</param>
/// <param name="Newest">The newest reading; <see langword="null"/> before the first.</param>
/// <param name="Open">The alert that goes on; <see langword="null"/> where none does.</param>
public sealed record StreamSummary(string Stream, int Dimension, long Rows, StreamReading? Newest, StreamAlert? Open);
