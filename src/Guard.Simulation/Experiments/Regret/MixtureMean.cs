using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.Regret;

/// <summary>A mean by an expert mixture.</summary>
/// <param name="estimator">The mixture, over a mean's loss.</param>
public sealed class MixtureMean(ExpertMixture estimator) : IMeanEstimator
{
    /// <inheritdoc/>
    public ReadOnlySpan<double> Estimate => estimator.Parameters;

    /// <inheritdoc/>
    public void Update(ReadOnlySpan<double> sample) => estimator.Update(sample);
}
