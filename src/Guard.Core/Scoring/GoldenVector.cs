using System.Collections.Immutable;

namespace Guard.Core.Scoring;

/// <summary>A row of features and the score that it must get, by which a loaded model proves itself.</summary>
/// <param name="Features">The features.</param>
/// <param name="Score">The score.</param>
public sealed record GoldenVector(ImmutableArray<float> Features, float Score);
