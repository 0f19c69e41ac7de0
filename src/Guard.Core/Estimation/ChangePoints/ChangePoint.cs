namespace Guard.Core.Estimation;

/// <summary>A detected change of a stream's mean. Indices count samples from 0 since the detector was made.</summary>
/// <param name="DetectedAt">The index of the sample at which the detector fired.</param>
/// <param name="Least">The least index of a last sample before the change: the least split that fired, or that explains the stream nearly as well as the likeliest.</param>
/// <param name="Greatest">The greatest such index.</param>
/// <param name="Likeliest">The likeliest index of the last sample before the change.</param>
public readonly record struct ChangePoint(long DetectedAt, long Least, long Greatest, long Likeliest);
