namespace Guard.Core.Estimation;

/// <summary>A detected change of a stream's mean. Indices count samples from 0 since the detector was made.</summary>
/// <param name="DetectedAt">The index of the sample at which the detector fired.</param>
/// <param name="Least">The least index of a last sample before the change, among the splits that fired.</param>
/// <param name="Greatest">The greatest index of a last sample before the change, among the splits that fired.</param>
/// <param name="Likeliest">The split that exceeded its bound by the most.</param>
public readonly record struct ChangePoint(long DetectedAt, long Least, long Greatest, long Likeliest);
