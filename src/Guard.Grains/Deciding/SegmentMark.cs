namespace Guard.Grains.Deciding;

/// <summary>A durable segment in brief: what must be known to number its decisions.</summary>
/// <param name="FirstMessage">The number of the range's first message.</param>
/// <param name="LastMessage">The number of the range's last message.</param>
/// <param name="Clicks">The number of decisions.</param>
/// <param name="Size">About how large it is, in bytes.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.segment-mark")]
public readonly record struct SegmentMark(long FirstMessage, long LastMessage, int Clicks, long Size)
{
    /// <summary>Tells of a segment.</summary>
    public static SegmentMark Of(DecisionSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return new SegmentMark(segment.FirstMessage, segment.LastMessage, segment.Clicks, segment.Size);
    }
}
