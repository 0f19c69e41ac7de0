using System.Collections.Immutable;

namespace Guard.Core.Features;

/// <summary>The inputs of a model, in order. A model and the engine that feeds it must carry the same name and version.</summary>
/// <param name="Name">The schema's name.</param>
/// <param name="Version">Grows with every change of a feature's meaning, order or number.</param>
/// <param name="Features">The features, in the order of the model's inputs.</param>
public sealed record FeatureSchema(string Name, int Version, ImmutableArray<Feature> Features)
{
    /// <summary>Gets the number of features.</summary>
    public int Width => Features.Length;

    /// <summary>Gets whether another schema has the same name, version and features.</summary>
    public bool Equals(FeatureSchema? other) =>
        other is not null && Name == other.Name && Version == other.Version && Features.AsSpan().SequenceEqual(other.Features.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Version, Features.Length);
}
