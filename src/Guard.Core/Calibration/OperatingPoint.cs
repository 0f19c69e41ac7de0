namespace Guard.Core.Calibration;

/// <summary>A threshold and what it does to a sample.</summary>
/// <param name="Threshold">Clicks with at least this score are invalidated; <see cref="float.PositiveInfinity"/> invalidates none.</param>
/// <param name="Counts">The counts at the threshold.</param>
public readonly record struct OperatingPoint(float Threshold, ClickCounts Counts);
