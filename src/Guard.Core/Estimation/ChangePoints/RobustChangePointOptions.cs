namespace Guard.Core.Estimation;

/// <summary>How <see cref="RobustChangePoints"/> decides. One set of defaults serves every stream; they are Guard's.</summary>
public sealed record RobustChangePointOptions
{
    /// <summary>Gets δ, the probability allowed to a false detection before the next change. Default: 0.1.</summary>
    public double Delta { get; init; } = 0.1;

    /// <summary>Gets which splits are kept. Default: 8 for each doubling of age.</summary>
    public SplitGrid Grid { get; init; } = SplitGrid.Geometric();

    /// <summary>Gets how many samples after a restart fix the centre and the scale of the scores, from 8 to 1024. Default: 16.</summary>
    public int WarmUp { get; init; } = 16;
}
