using Guard.Core.Hosting;

namespace Guard.Grains.Estimating;

/// <summary>A stream in short.</summary>
/// <param name="Dimension">How many values a reading has.</param>
/// <param name="Rows">How many readings it had.</param>
/// <param name="Newest">The newest reading; <see langword="null"/> where none is kept.</param>
/// <param name="Open">The alert that goes on; <see langword="null"/> where none does.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.stream-brief")]
public sealed record StreamBrief(int Dimension, long Rows, StreamReading? Newest, StreamAlert? Open);
