namespace Guard.Core.Scoring;

/// <summary>
/// A network's weights as the kernel reads them: standardisation folded into the first layer, outputs contiguous and
/// padded with zeros, in aligned memory.
/// </summary>
internal sealed unsafe class NetworkLayout
{
    private readonly AlignedBuffer _memory;

    public NetworkLayout(NetworkWeights weights)
    {
        Inputs = weights.Inputs;
        PaddedInputs = DenseKernel.Padded(Inputs);
        Hidden1 = DenseKernel.Padded(weights.Hidden1);
        Hidden2 = DenseKernel.Padded(weights.Hidden2);
        Bias3 = weights.Bias3;

        var widest = Math.Max(PaddedInputs, Math.Max(Hidden1, Hidden2));
        var length = Inputs * Hidden1 + Hidden1 + Hidden1 * Hidden2 + Hidden2 + Hidden2 + Hidden2 * Hidden1 + Hidden1 * PaddedInputs + widest;
        _memory = new AlignedBuffer(length);
        var next = _memory.Pointer;
        Weight1 = Take(ref next, Inputs * Hidden1);
        Bias1 = Take(ref next, Hidden1);
        Weight2 = Take(ref next, Hidden1 * Hidden2);
        Bias2 = Take(ref next, Hidden2);
        Weight3 = Take(ref next, Hidden2);
        Weight2Transposed = Take(ref next, Hidden2 * Hidden1);
        Weight1Transposed = Take(ref next, Hidden1 * PaddedInputs);
        Zeros = Take(ref next, widest);
        Fill(weights);
    }

    public int Inputs { get; }

    public int PaddedInputs { get; }

    /// <summary>Gets the first hidden layer's width, padded.</summary>
    public int Hidden1 { get; }

    /// <summary>Gets the second hidden layer's width, padded.</summary>
    public int Hidden2 { get; }

    /// <summary>Gets the folded first layer, <see cref="Inputs"/> × <see cref="Hidden1"/>.</summary>
    public float* Weight1 { get; }

    /// <summary>Gets the folded first biases.</summary>
    public float* Bias1 { get; }

    /// <summary>Gets the second layer, <see cref="Hidden1"/> × <see cref="Hidden2"/>.</summary>
    public float* Weight2 { get; }

    public float* Bias2 { get; }

    public float* Weight3 { get; }

    public float Bias3 { get; }

    /// <summary>Gets the second layer transposed, <see cref="Hidden2"/> × <see cref="Hidden1"/>.</summary>
    public float* Weight2Transposed { get; }

    /// <summary>Gets the folded first layer transposed, <see cref="Hidden1"/> × <see cref="PaddedInputs"/>.</summary>
    public float* Weight1Transposed { get; }

    /// <summary>Gets zeros, as many as the widest layer.</summary>
    public float* Zeros { get; }

    private static float* Take(ref float* next, int length)
    {
        var taken = next;
        next += length;
        return taken;
    }

    private void Fill(NetworkWeights weights)
    {
        for (var j = 0; j < weights.Hidden1; j++)
        {
            var bias = (double)weights.Bias1[j];
            for (var i = 0; i < Inputs; i++)
            {
                var folded = (double)weights.Weight1[j * Inputs + i] * weights.InputScale[i];
                bias -= folded * weights.InputMean[i];
                Weight1[i * Hidden1 + j] = (float)folded;
                Weight1Transposed[j * PaddedInputs + i] = (float)folded;
            }

            Bias1[j] = (float)bias;
        }

        for (var k = 0; k < weights.Hidden2; k++)
        {
            Bias2[k] = weights.Bias2[k];
            Weight3[k] = weights.Weight3[k];
            for (var j = 0; j < weights.Hidden1; j++)
            {
                Weight2[j * Hidden2 + k] = weights.Weight2[k * weights.Hidden1 + j];
                Weight2Transposed[k * Hidden1 + j] = weights.Weight2[k * weights.Hidden1 + j];
            }
        }
    }
}
