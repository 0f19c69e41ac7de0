namespace Guard.Core.Training;

/// <summary>How sample weights are raked and clipped.</summary>
public sealed record SampleWeightOptions
{
    /// <summary>Gets how far a category's share may lie from its target, relative to the target.</summary>
    /// <value>The default is 1e-6.</value>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Gets after how many rounds raking gives up.</summary>
    /// <value>The default is 10,000.</value>
    public int MaxRounds { get; init; } = 10_000;

    /// <summary>
    /// Gets the greatest weight, as a multiple of the mean weight of the clicks with the same label; <see langword="null"/> does not clip.
    /// </summary>
    /// <remarks>
    /// The cap is taken within a label because a rare label's weights are large by right, and a cap over all clicks would
    /// undo its share. What it tames are the weights of nearly empty hours and weekdays. The multiple is Guard's default: none is published.
    /// </remarks>
    /// <value>The default is 5.</value>
    public double? ClipMultiple { get; init; } = 5;

    /// <summary>Gets the least effective sample size of the clicks of a label, as a share of their number; 0 tempers nothing, 1 weighs the labels alone.</summary>
    /// <value>The default is 0.5.</value>
    public double LeastEffectiveShare { get; init; } = 0.5;

    internal void Validate()
    {
        // Below this the rounding of weights to floats shows.
        Require.That(Tolerance, Tolerance is >= 2e-7 and < 1, "from 2e-7 to below 1");
        Require.That(MaxRounds, MaxRounds >= 1, "positive");
        Require.That(ClipMultiple, ClipMultiple is null or >= 1, "at least 1, the mean");
        Require.That(LeastEffectiveShare, LeastEffectiveShare is >= 0 and <= 1, "from 0 to 1");
    }
}
