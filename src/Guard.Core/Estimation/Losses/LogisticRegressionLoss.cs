using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// The loss of a logistic regression in nats, L = ln(1 + e^⟨θ, x⟩) − y⟨θ, x⟩ + ½μ‖θ‖², with gradient (p − y)·x + μθ where
/// p = 1/(1 + e^−⟨θ, x⟩). A sample is the features x and then the label y, a number in [0, 1]; a label outside gives NaN.
/// An intercept is a feature that is always 1.
/// </summary>
public sealed class LogisticRegressionLoss : ILoss
{
    private readonly double _ridge;

    /// <summary>Creates the loss of a logistic regression.</summary>
    /// <param name="features">The number of features, at least 1.</param>
    /// <param name="ridge">The weight μ of the squared norm, finite and not negative. A positive one makes the loss strongly convex.</param>
    public LogisticRegressionLoss(int features, double ridge = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Guards.FiniteNotNegative(ridge);
        Dimension = features;
        _ridge = ridge;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int SampleLength => Dimension + 1;

    /// <summary>Returns the modelled probability of label 1.</summary>
    /// <param name="parameters">θ, <see cref="Dimension"/> long.</param>
    /// <param name="features">x, <see cref="Dimension"/> long.</param>
    public static double Probability(ReadOnlySpan<double> parameters, ReadOnlySpan<double> features) =>
        Sigmoid(TensorPrimitives.Dot(parameters, features));

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample)
    {
        var label = sample[Dimension];
        if (label is not (>= 0 and <= 1))
        {
            return double.NaN;
        }

        var score = TensorPrimitives.Dot(parameters, sample[..Dimension]);
        var softplus = Math.Max(score, 0) + double.LogP1(Math.Exp(-Math.Abs(score)));
        return softplus - (label * score) + (0.5 * _ridge * TensorPrimitives.SumOfSquares(parameters));
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample, Span<double> gradient)
    {
        var features = sample[..Dimension];
        var label = sample[Dimension];
        var residual = label is >= 0 and <= 1 ? Probability(parameters, features) - label : double.NaN;
        TensorPrimitives.Multiply(features, residual, gradient);
        if (_ridge > 0)
        {
            TensorPrimitives.MultiplyAdd(parameters, _ridge, gradient, gradient);
        }
    }

    private static double Sigmoid(double score)
    {
        var odds = Math.Exp(-Math.Abs(score));
        return (score >= 0 ? 1 : odds) / (1 + odds);
    }
}
