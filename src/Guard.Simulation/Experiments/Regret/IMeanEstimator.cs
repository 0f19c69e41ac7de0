namespace Guard.Simulation.Experiments.Regret;

/// <summary>An online estimator of a mean, as the experiments drive it.</summary>
public interface IMeanEstimator
{
    /// <summary>Gets the present estimate.</summary>
    ReadOnlySpan<double> Estimate { get; }

    /// <summary>Shows the estimator a sample.</summary>
    void Update(ReadOnlySpan<double> sample);
}
