using Guard.Core.Estimation.Detection;

namespace Guard.Cli.Detect;

/// <summary>A row with what the detector says of it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Reading">The reading.</param>
public readonly record struct DetectedRow(SeriesRow Row, Reading Reading);
