using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Simulation.Experiments.Rotation;

/// <summary>Accuracy of one estimator on one kind of stream.</summary>
/// <param name="Stream">Kind of stream: clean or wrecked.</param>
/// <param name="Estimator">Name of the estimator.</param>
/// <param name="Overall">Accuracy over all sound inputs.</param>
/// <param name="Windows">Accuracy in the windows of <see cref="RotationExperiment.Windows"/> around the switches, averaged over these.</param>
/// <param name="Series">Accuracy in each successive block of <see cref="RotationExperiment.Block"/> inputs, averaged over runs.</param>
public sealed record RotationResult(string Stream, string Estimator, Estimate Overall, IReadOnlyList<Estimate> Windows, IReadOnlyList<double> Series);
