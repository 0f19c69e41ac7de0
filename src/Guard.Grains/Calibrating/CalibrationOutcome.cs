namespace Guard.Grains.Calibrating;

/// <summary>What became of an interval's calibration. The first one written for an interval holds.</summary>
/// <param name="Interval">The interval's key.</param>
/// <param name="Version">The version of the thresholds put in force; <see langword="null"/> where none was.</param>
/// <param name="Previous">The version that was in force before; <see langword="null"/> for none.</param>
/// <param name="Refusal">Why nothing was put in force, in one line; <see langword="null"/> where it was.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.calibration-outcome")]
public sealed record CalibrationOutcome(string Interval, string? Version, string? Previous, string? Refusal);
