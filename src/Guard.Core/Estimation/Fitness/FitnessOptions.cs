namespace Guard.Core.Estimation.Fitness;

/// <summary>How a <see cref="FitnessDetector"/> chooses what it is fine-tuned on. All defaults are ours.</summary>
public sealed record FitnessOptions
{
    /// <summary>Recent points to choose from, at least 8.</summary>
    /// <value>Default 256.</value>
    public int Recent { get; init; } = 256;

    /// <summary>Most similar of them to fine-tune on, from 4 to <see cref="Recent"/>; the same number takes all recent points.</summary>
    /// <value>Default 32.</value>
    public int Similar { get; init; } = 32;
}
