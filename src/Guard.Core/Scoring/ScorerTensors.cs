using System.Collections.Immutable;
using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>A scorer as named tensors, and back.</summary>
internal static class ScorerTensors
{
    public static IReadOnlyList<NamedTensor> Of(IScorer scorer) => scorer switch
    {
        Network { Weights: var w } =>
        [
            new("layer1.weight", [w.Hidden1, w.Inputs], w.Weight1),
            new("layer1.bias", [w.Hidden1], w.Bias1),
            new("layer2.weight", [w.Hidden2, w.Hidden1], w.Weight2),
            new("layer2.bias", [w.Hidden2], w.Bias2),
            new("layer3.weight", [1, w.Hidden2], w.Weight3),
            new("layer3.bias", [1], [w.Bias3]),
            new("input.mean", [w.Inputs], w.InputMean),
            new("input.scale", [w.Inputs], w.InputScale),
            new("reference", [w.Inputs], w.Reference),
        ],
        LinearModel linear =>
        [
            new("weight", [1, linear.Weights.Length], linear.Weights),
            new("bias", [1], [linear.Bias]),
            new("reference", [linear.Reference.Length], linear.Reference),
        ],
        _ => throw new ArgumentException($"A {scorer.GetType().Name} cannot be kept as a model.", nameof(scorer)),
    };

    /// <summary>Makes a scorer of tensors.</summary>
    /// <exception cref="ModelFormatException">A tensor is missing, or shapes do not fit.</exception>
    public static IScorer ToScorer(ModelKind kind, string version, FeatureSchema schema, Dictionary<string, NamedTensor> tensors)
    {
        return kind == ModelKind.Network
            ? new Network(version, schema, new NetworkWeights
            {
                Weight1 = Values("layer1.weight"),
                Bias1 = Values("layer1.bias"),
                Weight2 = Values("layer2.weight"),
                Bias2 = Values("layer2.bias"),
                Weight3 = Values("layer3.weight"),
                Bias3 = Single("layer3.bias"),
                InputMean = Values("input.mean"),
                InputScale = Values("input.scale"),
                Reference = Values("reference"),
            })
            : new LinearModel(version, schema, Values("weight"), Single("bias"), Values("reference"));

        ImmutableArray<float> Values(string name) => tensors.TryGetValue(name, out var tensor)
            ? tensor.Values
            : throw new ModelFormatException($"The weights lack the tensor {name}, which a {kind} model has.");

        float Single(string name) => Values(name) is [var value]
            ? value
            : throw new ModelFormatException($"The tensor {name} holds {Values(name).Length} numbers instead of 1.");
    }
}
