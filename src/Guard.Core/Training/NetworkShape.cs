using System.Collections.Immutable;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>
/// Where each layer lies in one flat vector of parameters, laid out as the kernel reads it: weights by input, outputs
/// contiguous and padded with zeros. The padding has a zero gradient and so stays zero.
/// </summary>
internal sealed record NetworkShape(int Inputs, int Outputs1, int Outputs2)
{
    /// <summary>Gets the first hidden layer's padded width.</summary>
    public int Hidden1 => DenseKernel.Padded(Outputs1);

    /// <summary>Gets the second hidden layer's padded width.</summary>
    public int Hidden2 => DenseKernel.Padded(Outputs2);

    public int Bias1 => Inputs * Hidden1;

    public int Weight2 => Bias1 + Hidden1;

    public int Bias2 => Weight2 + Hidden1 * Hidden2;

    public int Weight3 => Bias2 + Hidden2;

    public int Bias3 => Weight3 + Hidden2;

    /// <summary>Gets the number of parameters, padding included.</summary>
    public int Length => Bias3 + 1;

    /// <summary>Draws first weights, normal with variance 2 / inputs of the layer (He et al., "Delving deep into rectifiers", ICCV 2015); biases start at 0.</summary>
    public void Initialise(Span<float> parameters, Random random)
    {
        parameters.Clear();
        Draw(parameters, random, Inputs, Hidden1, Outputs1);
        Draw(parameters[Weight2..], random, Outputs1, Hidden2, Outputs2);
        Draw(parameters[Weight3..], random, Outputs2, 1, 1);
    }

    /// <summary>Adds the gradient of ½·λ·‖W‖² over the weights, not the biases.</summary>
    public void AddDecay(Span<float> gradient, ReadOnlySpan<float> parameters, float lambda)
    {
        Decay(gradient[..Bias1], parameters[..Bias1], lambda);
        Decay(gradient[Weight2..Bias2], parameters[Weight2..Bias2], lambda);
        Decay(gradient[Weight3..Bias3], parameters[Weight3..Bias3], lambda);
    }

    /// <summary>Gets the weights in the model's layout.</summary>
    public NetworkWeights ToWeights(ReadOnlySpan<float> parameters, InputScaling scaling) => new()
    {
        Weight1 = Transposed(parameters, Inputs, Hidden1, Outputs1),
        Bias1 = [.. parameters.Slice(Bias1, Outputs1)],
        Weight2 = Transposed(parameters[Weight2..], Outputs1, Hidden2, Outputs2),
        Bias2 = [.. parameters.Slice(Bias2, Outputs2)],
        Weight3 = [.. parameters.Slice(Weight3, Outputs2)],
        Bias3 = parameters[Bias3],
        InputMean = scaling.Mean,
        InputScale = scaling.Scale,
        Reference = scaling.Reference,
    };

    private static ImmutableArray<float> Transposed(ReadOnlySpan<float> layer, int inputs, int stride, int outputs)
    {
        var weight = new float[outputs * inputs];
        for (var j = 0; j < outputs; j++)
        {
            for (var i = 0; i < inputs; i++)
            {
                weight[j * inputs + i] = layer[i * stride + j];
            }
        }

        return [.. weight];
    }

    private static void Draw(Span<float> layer, Random random, int inputs, int stride, int outputs)
    {
        for (var i = 0; i < inputs; i++)
        {
            for (var j = 0; j < outputs; j++)
            {
                layer[i * stride + j] = (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, Math.Sqrt(2.0 / inputs));
            }
        }
    }

    private static void Decay(Span<float> gradient, ReadOnlySpan<float> parameters, float lambda)
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] += lambda * parameters[i];
        }
    }
}
