using Guard.Core.Scoring;

namespace Guard.Core.Tests.Scoring;

/// <summary>The network's definition, in scalar double arithmetic and without folding.</summary>
internal static class PlainNetwork
{
    public static double Logit(NetworkWeights w, ReadOnlySpan<float> row)
    {
        var x = new double[w.Inputs];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = ((double)row[i] - w.InputMean[i]) * w.InputScale[i];
        }

        var h1 = Layer(w.Weight1.AsSpan(), w.Bias1.AsSpan(), x, relu: true);
        var h2 = Layer(w.Weight2.AsSpan(), w.Bias2.AsSpan(), h1, relu: true);
        return Layer(w.Weight3.AsSpan(), [w.Bias3], h2, relu: false)[0];
    }

    public static double Score(NetworkWeights w, ReadOnlySpan<float> row) => 1 / (1 + Math.Exp(-Logit(w, row)));

    private static double[] Layer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double[] x, bool relu)
    {
        var y = new double[bias.Length];
        for (var j = 0; j < y.Length; j++)
        {
            y[j] = bias[j];
            for (var i = 0; i < x.Length; i++)
            {
                y[j] += weight[j * x.Length + i] * x[i];
            }

            y[j] = relu ? Math.Max(0, y[j]) : y[j];
        }

        return y;
    }
}
