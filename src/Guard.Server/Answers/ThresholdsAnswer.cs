namespace Guard.Server.Answers;

/// <summary>A version of the thresholds.</summary>
/// <param name="Version">The version.</param>
/// <param name="Model">The version of the model that they were calibrated for.</param>
/// <param name="Slices">Every slice of the calibration sample, all first; others take the nearest ancestor's.</param>
public sealed record ThresholdsAnswer(string Version, string Model, IReadOnlyList<ThresholdAnswer> Slices);
