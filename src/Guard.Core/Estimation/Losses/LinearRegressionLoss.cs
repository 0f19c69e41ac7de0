using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// The loss of a linear regression, L = ½(⟨θ, x⟩ − y)², with gradient (⟨θ, x⟩ − y)·x. A sample is the features x and
/// then the target y. An intercept is a feature that is always 1.
/// </summary>
public sealed class LinearRegressionLoss : ILoss
{
    /// <summary>Creates the loss of a linear regression.</summary>
    /// <param name="features">The number of features, at least 1.</param>
    public LinearRegressionLoss(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Dimension = features;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int SampleLength => Dimension + 1;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample)
    {
        var residual = Residual(parameters, sample);
        return 0.5 * residual * residual;
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample, Span<double> gradient) =>
        TensorPrimitives.Multiply(sample[..Dimension], Residual(parameters, sample), gradient);

    private double Residual(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample) =>
        TensorPrimitives.Dot(parameters, sample[..Dimension]) - sample[Dimension];
}
