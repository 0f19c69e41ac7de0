using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.Regret;

/// <summary>A mean by one clipped SGD.</summary>
/// <param name="estimator">The estimator, over a mean's loss.</param>
public sealed class SgdMean(ClippedSgd estimator) : IMeanEstimator
{
    /// <inheritdoc/>
    public ReadOnlySpan<double> Estimate => estimator.Parameters;

    /// <inheritdoc/>
    public void Update(ReadOnlySpan<double> sample) => estimator.Update(sample);
}
