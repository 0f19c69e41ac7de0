using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Guard.Core.Features;

namespace Guard.Core.Scoring;

/// <summary>Three fully connected layers, ReLU after the first two, the logistic function after the third.</summary>
/// <remarks>
/// Scoring and explaining allocate nothing. A row's score and contributions have the same bits in every batch, whatever the
/// vector width of the processor (<see cref="DenseKernel"/>). A feature that is NaN gives the score NaN.
/// </remarks>
public sealed unsafe class Network : IScorer
{
    private const int BlockRows = 24;

    private readonly NetworkLayout _layout;
    private readonly float[] _reference1;
    private readonly float[] _reference2;

    /// <summary>Initialises a network.</summary>
    /// <exception cref="ModelFormatException">The weights' shapes do not fit each other or the schema, or a weight is not finite.</exception>
    public Network(string version, FeatureSchema schema, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(weights);
        weights.Validate();
        if (weights.Inputs != schema.Width)
        {
            throw new ModelFormatException($"The network reads {weights.Inputs} features where the schema {schema.Name} v{schema.Version} has {schema.Width}; train again.");
        }

        Version = version;
        Schema = schema;
        Weights = weights;
        _layout = new NetworkLayout(weights);
        _reference1 = new float[_layout.Hidden1];
        _reference2 = new float[_layout.Hidden2];
        fixed (float* reference = weights.Reference.AsSpan(), z1 = _reference1, z2 = _reference2, h1 = new float[_layout.Hidden1])
        {
            Preactivations(reference, z1, h1, z2, rows: 1);
        }

        ReferenceLogit = Logit(weights.Reference.AsSpan());
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public FeatureSchema Schema { get; }

    /// <summary>Gets the weights.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>Gets the log-odds of the reference click.</summary>
    public float ReferenceLogit { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        Logits(features, scores);
        Logistic.ProbabilitiesInPlace(scores);
    }

    /// <summary>Scores a batch in log-odds.</summary>
    /// <param name="features">Row-major, <c>logits.Length</c> × the schema's width.</param>
    /// <param name="logits">One value a row, written.</param>
    [SkipLocalsInit]
    public void Logits(ReadOnlySpan<float> features, Span<float> logits)
    {
        int inputs = _layout.Inputs, hidden1 = _layout.Hidden1, hidden2 = _layout.Hidden2;
        RowShape.Check(features, logits.Length, Schema);
        var h1 = stackalloc float[BlockRows * hidden1];
        var h2 = stackalloc float[BlockRows * hidden2];
        fixed (float* x = features, output = logits)
        {
            for (var row = 0; row < logits.Length; row += BlockRows)
            {
                var rows = Math.Min(BlockRows, logits.Length - row);
                DenseKernel.Multiply(x + (nint)row * inputs, inputs, 1, _layout.Weight1, _layout.Bias1, h1, rows, inputs, hidden1, relu: true);
                DenseKernel.Multiply(h1, hidden1, 1, _layout.Weight2, _layout.Bias2, h2, rows, hidden1, hidden2, relu: true);
                for (var r = 0; r < rows; r++)
                {
                    output[row + r] = _layout.Bias3 + DenseKernel.Dot(h2 + r * hidden2, _layout.Weight3, hidden2);
                }
            }
        }

        GC.KeepAlive(_layout);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// DeepLIFT with the rescale rule (Shrikumar, Greenside, Kundaje: "Learning important features through propagating
    /// activation differences", ICML 2017), from the log-odds down to the features.
    /// </remarks>
    [SkipLocalsInit]
    public void Explain(ReadOnlySpan<float> features, Span<float> contributions)
    {
        int inputs = _layout.Inputs, padded = _layout.PaddedInputs, hidden1 = _layout.Hidden1, hidden2 = _layout.Hidden2;
        var count = RowShape.Count(features, contributions, Schema);
        var z1 = stackalloc float[BlockRows * hidden1];
        var z2 = stackalloc float[BlockRows * hidden2];
        var multipliers1 = stackalloc float[BlockRows * hidden1];
        var multipliers2 = stackalloc float[BlockRows * hidden2];
        var multipliers = stackalloc float[BlockRows * padded];
        fixed (float* x = features, output = contributions, reference1 = _reference1, reference2 = _reference2, reference = Weights.Reference.AsSpan())
        {
            for (var row = 0; row < count; row += BlockRows)
            {
                var rows = Math.Min(BlockRows, count - row);
                var block = x + (nint)row * inputs;

                // The multipliers of the first layer's outputs take the place of the outputs themselves.
                Preactivations(block, z1, multipliers1, z2, rows);
                for (var r = 0; r < rows; r++)
                {
                    Rescale(z2 + r * hidden2, reference2, _layout.Weight3, multipliers2 + r * hidden2, hidden2);
                }

                DenseKernel.Multiply(multipliers2, hidden2, 1, _layout.Weight2Transposed, _layout.Zeros, multipliers1, rows, hidden2, hidden1, relu: false);
                for (var r = 0; r < rows; r++)
                {
                    Rescale(z1 + r * hidden1, reference1, multipliers1 + r * hidden1, multipliers1 + r * hidden1, hidden1);
                }

                DenseKernel.Multiply(multipliers1, hidden1, 1, _layout.Weight1Transposed, _layout.Zeros, multipliers, rows, hidden1, padded, relu: false);
                for (var r = 0; r < rows; r++)
                {
                    Attribute(block + r * inputs, reference, multipliers + r * padded, output + (nint)(row + r) * inputs, inputs);
                }
            }
        }

        GC.KeepAlive(_layout);
    }

    /// <summary>Gets one row's log-odds.</summary>
    public float Logit(ReadOnlySpan<float> features)
    {
        var logit = 0f;
        Logits(features, new Span<float>(ref logit));
        return logit;
    }

    /// <summary>
    /// Multiplies factors by the change of ReLU's output over the change of its input since the reference, which lies in
    /// [0, 1]; by the slope where nothing changed.
    /// </summary>
    private static void Rescale(float* z, float* reference, float* factors, float* products, int length)
    {
        var zero = Vector256<float>.Zero;
        for (var i = 0; i < length; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.Load(z + i), from = Vector256.Load(reference + i);
            var change = value - from;
            var outputChange = Lane256.Relu(value) - Lane256.Relu(from);
            var slope = Vector256.GreaterThan(value, zero) & Vector256<float>.One;
            var share = Vector256.ConditionalSelect(Vector256.Equals(change, zero), slope, outputChange / change);
            (Vector256.Load(factors + i) * share).Store(products + i);
        }
    }

    /// <summary>Multiplies the change of each feature since the reference by its multiplier.</summary>
    private static void Attribute(float* features, float* reference, float* multipliers, float* contributions, int length)
    {
        var i = 0;
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.Load(multipliers + i) * (Vector256.Load(features + i) - Vector256.Load(reference + i))).Store(contributions + i);
        }

        for (; i < length; i++)
        {
            contributions[i] = multipliers[i] * (features[i] - reference[i]);
        }
    }

    /// <summary>The first layers' sums before ReLU, and the first one's outputs after it.</summary>
    private void Preactivations(float* x, float* z1, float* h1, float* z2, int rows)
    {
        int hidden1 = _layout.Hidden1, hidden2 = _layout.Hidden2;
        DenseKernel.Multiply(x, _layout.Inputs, 1, _layout.Weight1, _layout.Bias1, z1, rows, _layout.Inputs, hidden1, relu: false);
        for (var j = 0; j < rows * hidden1; j += Vector256<float>.Count)
        {
            Lane256.Relu(Vector256.Load(z1 + j)).Store(h1 + j);
        }

        DenseKernel.Multiply(h1, hidden1, 1, _layout.Weight2, _layout.Bias2, z2, rows, hidden1, hidden2, relu: false);
    }
}
