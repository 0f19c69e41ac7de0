using Guard.Grains.Deciding;
using Guard.Grains.Reading.Chunks;
using Guard.Grains.Reading.Index;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Reading;

/// <summary>Reads what entries of the directory stand for, and keeps chunks in memory for those who read on. Safe for concurrent use.</summary>
/// <param name="segments">Where partitions' segments are kept.</param>
/// <param name="chunks">Where chunks are kept.</param>
/// <param name="options">Tells how much is kept in memory.</param>
internal sealed class KeptSegments(DecisionSegments segments, ChunkStore chunks, IOptions<ClusterOptions> options)
{
    private readonly ReadCache<IndexEntry, IReadOnlyList<NumberedSegment>> _chunks = new(options.Value.Decisions.CacheBytes * 3 / 4);
    private readonly ReadCache<IndexEntry, ChunkKeys> _keys = new(options.Value.Decisions.CacheBytes / 4);

    /// <summary>Reads the segments of an entry, in order; <see langword="null"/> where the store no longer holds them.</summary>
    public async Task<IReadOnlyList<NumberedSegment>?> ReadAsync(IndexEntry entry, CancellationToken cancellationToken)
    {
        if (entry.IsChunk)
        {
            return await _chunks.GetAsync(entry, () => ReadChunkAsync(entry), cancellationToken);
        }

        return await segments.FindAsync(entry.Partition, entry.FirstMessage, cancellationToken) is { } segment ? [new NumberedSegment(entry.FirstNumber, segment)] : null;
    }

    /// <summary>Reads a chunk's keys; <see langword="null"/> where the store no longer holds them.</summary>
    public Task<ChunkKeys?> ReadKeysAsync(IndexEntry chunk, CancellationToken cancellationToken) => _keys.GetAsync(
        chunk,
        async () => await chunks.FindKeysAsync(chunk, CancellationToken.None) is { } keys ? (keys, keys.Size) : (null, 0),
        cancellationToken);

    private async Task<(IReadOnlyList<NumberedSegment>? Segments, long Bytes)> ReadChunkAsync(IndexEntry entry)
    {
        if (await chunks.FindAsync(entry, CancellationToken.None) is not { } chunk)
        {
            return (null, 0);
        }

        var (numbered, number) = (new List<NumberedSegment>(chunk.Parts.Length), entry.FirstNumber);
        foreach (var part in chunk.Parts)
        {
            numbered.Add(new NumberedSegment(number, part));
            number += numbered[^1].Count;
        }

        return (numbered, entry.Size);
    }
}
