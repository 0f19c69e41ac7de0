using System.Collections.Immutable;

namespace Guard.Core.Scoring;

/// <summary>Numbers with a name and a shape, row-major.</summary>
internal sealed record NamedTensor(string Name, ImmutableArray<int> Shape, ImmutableArray<float> Values);
