using Guard.Grains.Deciding;
using Guard.Grains.Reading.Index;

namespace Guard.Grains.Reading;

/// <summary>Reads what entries of the directory stand for. Safe for concurrent use.</summary>
/// <param name="segments">Where partitions' segments are kept.</param>
internal sealed class KeptSegments(DecisionSegments segments)
{
    /// <summary>Reads the segments of an entry, in order; <see langword="null"/> where the store no longer holds them.</summary>
    public async Task<IReadOnlyList<NumberedSegment>?> ReadAsync(IndexEntry entry, CancellationToken cancellationToken) =>
        await segments.FindAsync(entry.Partition, entry.FirstMessage, cancellationToken) is { } segment ? [new NumberedSegment(entry.FirstNumber, segment)] : null;
}
