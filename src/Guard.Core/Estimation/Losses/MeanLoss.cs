using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>The loss of a mean, L = ½‖X − θ‖², with gradient θ − X. It is 1-strongly convex.</summary>
public sealed class MeanLoss : ILoss
{
    /// <summary>Creates the loss of a mean.</summary>
    /// <param name="dimension">The number of coordinates, at least 1.</param>
    public MeanLoss(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Dimension = dimension;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int SampleLength => Dimension;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample)
    {
        var distance = TensorPrimitives.Distance(parameters, sample);
        return 0.5 * distance * distance;
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample, Span<double> gradient) =>
        TensorPrimitives.Subtract(parameters, sample, gradient);
}
