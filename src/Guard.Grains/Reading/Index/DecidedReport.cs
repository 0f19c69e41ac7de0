using Guard.Grains.Deciding;

namespace Guard.Grains.Reading.Index;

/// <summary>How far a partition is decided. It may come again, late or never: what it leaves out is found by following the segments.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Decided">The last message whose decisions are durable; −1 for none.</param>
/// <param name="Committed">The last message that is never replayed, so that nobody needs its segment any more to find where a partition stands; −1 for none.</param>
/// <param name="Segments">The newest durable segments, in order.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.decided-report")]
public sealed record DecidedReport(int Partition, long Decided, long Committed, IReadOnlyList<SegmentMark> Segments);
