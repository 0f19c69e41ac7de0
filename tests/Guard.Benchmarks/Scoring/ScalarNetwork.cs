using Guard.Core.Scoring;

namespace Guard.Benchmarks.Scoring;

/// <summary>The forward pass as one would first write it.</summary>
internal sealed class ScalarNetwork(NetworkWeights weights)
{
    private readonly float[] _weight1 = [.. weights.Weight1];
    private readonly float[] _bias1 = [.. weights.Bias1];
    private readonly float[] _weight2 = [.. weights.Weight2];
    private readonly float[] _bias2 = [.. weights.Bias2];
    private readonly float[] _weight3 = [.. weights.Weight3];
    private readonly float[] _mean = [.. weights.InputMean];
    private readonly float[] _scale = [.. weights.InputScale];

    public void Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        Span<float> x = stackalloc float[_mean.Length];
        Span<float> h1 = stackalloc float[_bias1.Length];
        Span<float> h2 = stackalloc float[_bias2.Length];
        Span<float> z = stackalloc float[1];
        for (var row = 0; row < scores.Length; row++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                x[i] = (features[row * x.Length + i] - _mean[i]) * _scale[i];
            }

            Layer(_weight1, _bias1, x, h1, relu: true);
            Layer(_weight2, _bias2, h1, h2, relu: true);
            Layer(_weight3, [weights.Bias3], h2, z, relu: false);
            scores[row] = 1 / (1 + MathF.Exp(-z[0]));
        }
    }

    private static void Layer(float[] weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y, bool relu)
    {
        for (var j = 0; j < y.Length; j++)
        {
            var sum = bias[j];
            for (var i = 0; i < x.Length; i++)
            {
                sum += weight[j * x.Length + i] * x[i];
            }

            y[j] = relu ? MathF.Max(0, sum) : sum;
        }
    }
}
