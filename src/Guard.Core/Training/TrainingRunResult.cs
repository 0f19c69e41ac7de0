using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>The models of one training run.</summary>
/// <param name="Network">The network.</param>
/// <param name="Logistic">The baseline by logistic regression.</param>
/// <param name="Velocity">The baseline by click velocity.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Weights">The sample weights.</param>
/// <param name="Trained">How the network's training went.</param>
public sealed record TrainingRunResult(
    ModelArtifact Network, ModelArtifact Logistic, ModelArtifact Velocity, WeakLabels Labels, SampleWeights Weights, TrainedNetwork Trained);
