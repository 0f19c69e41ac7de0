using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>A model whose log-odds are linear in the features: logistic regression, or the click-velocity heuristic.</summary>
/// <remarks>A row's score has the same bits in every batch. A feature that is NaN gives the score NaN. Nothing is allocated.</remarks>
public sealed class LinearModel : IScorer
{
    private readonly float[] _weights;
    private readonly float[] _reference;

    /// <summary>Initialises a model.</summary>
    /// <param name="version">The version.</param>
    /// <param name="schema">The features.</param>
    /// <param name="weights">One weight a feature, in log-odds per unit of the feature.</param>
    /// <param name="bias">The log-odds where all features are 0.</param>
    /// <param name="reference">The reference click that explanations compare with.</param>
    /// <exception cref="ModelFormatException">There is not one weight a feature, or a number is not finite.</exception>
    public LinearModel(string version, FeatureSchema schema, ImmutableArray<float> weights, float bias, ImmutableArray<float> reference)
    {
        ArgumentNullException.ThrowIfNull(schema);
        NetworkWeights.Check(nameof(weights), weights, schema.Width);
        NetworkWeights.Check(nameof(bias), [bias], 1);
        NetworkWeights.Check(nameof(reference), reference, schema.Width);
        Version = version;
        Schema = schema;
        Weights = weights;
        Bias = bias;
        Reference = reference;
        _weights = [.. weights];
        _reference = [.. reference];
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public FeatureSchema Schema { get; }

    /// <summary>Gets the weights, in log-odds per unit of the feature.</summary>
    public ImmutableArray<float> Weights { get; }

    /// <summary>Gets the log-odds where all features are 0.</summary>
    public float Bias { get; }

    /// <summary>Gets the reference click.</summary>
    public ImmutableArray<float> Reference { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        RowShape.Check(features, scores.Length, Schema);
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = Bias + Dot(_weights, features.Slice(row * _weights.Length, _weights.Length));
        }

        Logistic.ProbabilitiesInPlace(scores);
    }

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<float> features, Span<float> contributions)
    {
        var rows = RowShape.Count(features, contributions, Schema);
        for (var row = 0; row < rows; row++)
        {
            var values = features.Slice(row * _weights.Length, _weights.Length);
            var parts = contributions.Slice(row * _weights.Length, _weights.Length);
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = _weights[i] * (values[i] - _reference[i]);
            }
        }
    }

    // Written out rather than taken from TensorPrimitives: the order of its sums is not promised to be the same for every call.
    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lanes = Vector256<float>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            lanes = Vector256.FusedMultiplyAdd(Vector256.Create(left[i..]), Vector256.Create(right[i..]), lanes);
        }

        var sum = Logistic.Sum(lanes);
        for (; i < left.Length; i++)
        {
            sum = MathF.FusedMultiplyAdd(left[i], right[i], sum);
        }

        return sum;
    }
}
