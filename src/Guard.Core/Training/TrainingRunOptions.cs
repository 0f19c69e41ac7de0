using System.Collections.Immutable;

namespace Guard.Core.Training;

/// <summary>How models are trained from clicks and purchases.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>Gets the models' name.</summary>
    /// <value>The default is <c>clicks</c>.</value>
    public string Name { get; init; } = "clicks";

    /// <summary>Gets what the card says of the data where they are not a deployment's own traffic.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Data { get; init; }

    /// <summary>Gets how clicks are labelled.</summary>
    public WeakLabelOptions Labels { get; init; } = new();

    /// <summary>Gets how they are weighed.</summary>
    public SampleWeightOptions Weights { get; init; } = new();

    /// <summary>Gets how the network is trained.</summary>
    public NetworkTrainerOptions Network { get; init; } = new();

    /// <summary>Gets the ridge of the logistic regression.</summary>
    /// <value>The default is 0.001.</value>
    public double Ridge { get; init; } = LogisticRegression.DefaultRidge;

    /// <summary>Gets the features that the velocity heuristic reads.</summary>
    public required ImmutableArray<string> VelocityFeatures { get; init; }
}
