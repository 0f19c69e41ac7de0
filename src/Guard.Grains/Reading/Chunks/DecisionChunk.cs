using Guard.Grains.Deciding;

namespace Guard.Grains.Reading.Chunks;

/// <summary>Decisions of several segments in the order of their numbers: an immutable artifact, written once.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.decision-chunk")]
public sealed class DecisionChunk
{
    /// <summary>Gets the decisions, one part for as long as one model and one set of thresholds decided. A part is of no partition.</summary>
    [Id(0)]
    public DecisionSegment[] Parts { get; init; } = [];
}
