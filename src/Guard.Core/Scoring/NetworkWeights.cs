using System.Collections.Immutable;

namespace Guard.Core.Scoring;

/// <summary>
/// The weights of a network inputs–hidden1–hidden2–1 in standardised space, and how its inputs are standardised:
/// x̂ = (x − <see cref="InputMean"/>)·<see cref="InputScale"/>.
/// </summary>
public sealed class NetworkWeights
{
    /// <summary>The widest hidden layer that a network may have, which bounds the stack that scoring needs.</summary>
    public const int WidestLayer = 512;

    /// <summary>Gets the number of inputs.</summary>
    public int Inputs => InputMean.Length;

    /// <summary>Gets the width of the first hidden layer.</summary>
    public int Hidden1 => Bias1.Length;

    /// <summary>Gets the width of the second hidden layer.</summary>
    public int Hidden2 => Bias2.Length;

    /// <summary>Gets the first layer, <see cref="Hidden1"/> × <see cref="Inputs"/>, row-major: one row an output.</summary>
    public required ImmutableArray<float> Weight1 { get; init; }

    /// <summary>Gets the first layer's biases.</summary>
    public required ImmutableArray<float> Bias1 { get; init; }

    /// <summary>Gets the second layer, <see cref="Hidden2"/> × <see cref="Hidden1"/>, row-major.</summary>
    public required ImmutableArray<float> Weight2 { get; init; }

    /// <summary>Gets the second layer's biases.</summary>
    public required ImmutableArray<float> Bias2 { get; init; }

    /// <summary>Gets the third layer, 1 × <see cref="Hidden2"/>.</summary>
    public required ImmutableArray<float> Weight3 { get; init; }

    /// <summary>Gets the third layer's bias.</summary>
    public required float Bias3 { get; init; }

    /// <summary>Gets the mean of each input, in the feature's unit.</summary>
    public required ImmutableArray<float> InputMean { get; init; }

    /// <summary>Gets the reciprocal of each input's standard deviation; 0 for an input that did not vary, which is then ignored.</summary>
    public required ImmutableArray<float> InputScale { get; init; }

    /// <summary>Gets the reference click that explanations compare with: the weighted mean of the human training clicks, in the features' units.</summary>
    public required ImmutableArray<float> Reference { get; init; }

    /// <summary>Checks shapes, and that every number is finite.</summary>
    /// <exception cref="ModelFormatException">A shape does not fit or a number is not finite.</exception>
    internal void Validate()
    {
        if (Inputs == 0 || Hidden1 is 0 or > WidestLayer || Hidden2 is 0 or > WidestLayer)
        {
            throw new ModelFormatException($"A network {Inputs}-{Hidden1}-{Hidden2}-1 is out of range: layers have 1 to {WidestLayer} outputs.");
        }

        Check(nameof(Weight1), Weight1, Hidden1 * Inputs);
        Check(nameof(Bias1), Bias1, Hidden1);
        Check(nameof(Weight2), Weight2, Hidden2 * Hidden1);
        Check(nameof(Bias2), Bias2, Hidden2);
        Check(nameof(Weight3), Weight3, Hidden2);
        Check(nameof(Bias3), [Bias3], 1);
        Check(nameof(InputMean), InputMean, Inputs);
        Check(nameof(InputScale), InputScale, Inputs);
        Check(nameof(Reference), Reference, Inputs);
    }

    internal static void Check(string name, ImmutableArray<float> values, int length)
    {
        if (values.Length != length)
        {
            throw new ModelFormatException($"{name} has {values.Length} numbers where the other shapes ask for {length}.");
        }

        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ModelFormatException($"{name} holds {value}, which is no weight: the model is damaged or its training diverged; train again.");
            }
        }
    }
}
