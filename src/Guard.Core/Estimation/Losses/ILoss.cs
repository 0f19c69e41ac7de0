namespace Guard.Core.Estimation;

/// <summary>
/// The loss L(X, θ) whose minimiser an estimator follows. Implementations hold no mutable state, so that one instance
/// may serve any number of estimators on any number of threads.
/// </summary>
public interface ILoss
{
    /// <summary>Gets the number of parameters d.</summary>
    int Dimension { get; }

    /// <summary>Gets the number of values in one sample: d for a mean, d features and a target for a regression.</summary>
    int SampleLength { get; }

    /// <summary>Evaluates L(X, θ).</summary>
    /// <param name="parameters">θ, <see cref="Dimension"/> long.</param>
    /// <param name="sample">X, <see cref="SampleLength"/> long.</param>
    double Value(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample);

    /// <summary>Writes ∇L(X, θ), the derivative by θ. A sample outside the loss's domain gives NaN, and the estimator refuses it.</summary>
    /// <param name="parameters">θ, <see cref="Dimension"/> long.</param>
    /// <param name="sample">X, <see cref="SampleLength"/> long.</param>
    /// <param name="gradient">Receives the gradient, <see cref="Dimension"/> long.</param>
    void Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<double> sample, Span<double> gradient);
}
