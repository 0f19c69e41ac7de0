using Guard.Grains.Deciding;
using Guard.Grains.Reading.Index;

namespace Guard.Grains.Reading.Chunks;

/// <summary>
/// Puts small segments together and lets old decisions go. The index says so first, and then the artifacts go: a reader who
/// comes in between asks the index again. One at a time, beside the numbering.
/// </summary>
/// <param name="index">The index of this activation.</param>
/// <param name="kept">Reads entries.</param>
/// <param name="segments">Where segments are.</param>
/// <param name="chunks">Where chunks are.</param>
/// <param name="options">What is kept for how long.</param>
/// <param name="time">The clock.</param>
/// <param name="lost">Where losses are told.</param>
internal sealed class DecisionCompactor(
    DecisionIndex index, KeptSegments kept, DecisionSegments segments, ChunkStore chunks, KeptDecisionsOptions options, TimeProvider time, LostSegments lost)
{
    private readonly HashSet<IndexEntry> _lost = [];
    private bool _swept;

    /// <summary>Does all that is to be done now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DropAsync();
        var settled = time.GetUtcNow() - options.CompactAfter;
        var compaction = new Compaction(options.ChunkDecisions, entry => entry.Numbered <= settled.ToUnixTimeMilliseconds() && index.IsCommitted(entry), _lost.Contains);
        while (!cancellationToken.IsCancellationRequested && compaction.Pick(index.Directory) is [var first, ..] entries)
        {
            await CompactAsync(first, entries, cancellationToken);
        }

        if (!_swept && index.Own > 0)
        {
            await SweepAsync(cancellationToken);
            _swept = true;
        }
    }

    private async Task CompactAsync(IndexEntry first, IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken)
    {
        var builder = new ChunkBuilder();
        foreach (var entry in entries)
        {
            if (await kept.ReadAsync(entry, cancellationToken) is not { } parts)
            {
                lost.Add(entry);
                _lost.Add(entry);
                return;
            }

            foreach (var part in parts)
            {
                builder.Add(part);
            }
        }

        var chunk = new IndexEntry
        {
            FirstOrdinal = first.FirstOrdinal,
            LastOrdinal = entries[^1].LastOrdinal,
            FirstNumber = first.FirstNumber,
            Count = entries.Sum(entry => entry.Count),
            Partition = IndexEntry.Chunk,
            FirstMessage = index.Directory.Version,
            Numbered = entries.Max(entry => entry.Numbered),
        };
        var size = await Task.Run(() => chunks.CreateAsync(chunk, builder.Build()), CancellationToken.None);
        await index.ReplaceAsync(chunk with { Size = size });
        await DeleteAsync(entries);
    }

    private async Task DropAsync()
    {
        var oldest = (time.GetUtcNow() - options.KeepFor).ToUnixTimeMilliseconds();
        var directory = index.Directory;
        var bytes = directory.Entries.Sum(entry => entry.Size);
        var gone = new List<IndexEntry>();
        foreach (var entry in directory.Entries)
        {
            if (!index.IsCommitted(entry) || (entry.Numbered >= oldest && bytes <= options.KeepBytes))
            {
                break;
            }

            bytes -= entry.Size;
            gone.Add(entry);
        }

        if (gone.Count > 0)
        {
            await index.DropAsync(gone[^1].LastOrdinal + 1);
            await DeleteAsync(gone);
        }
    }

    // What an activation that ended left between telling and deleting, and what was made by one that had lost the index or a partition.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await index.SweepAsync(cancellationToken);
        var (directory, next, own) = (index.Directory, index.Next, index.Own);
        var live = directory.Entries.Where(entry => !entry.IsChunk).Select(entry => (entry.Partition, entry.FirstMessage)).ToHashSet();
        await foreach (var segment in segments.ListAsync(cancellationToken))
        {
            if (segment.FirstMessage < next.GetValueOrDefault(segment.Partition) && !live.Contains(segment))
            {
                await segments.DeleteAsync(segment.Partition, segment.FirstMessage, cancellationToken);
            }
        }

        var liveChunks = directory.Entries.Where(entry => entry.IsChunk).Select(entry => (entry.FirstOrdinal, entry.LastOrdinal, entry.FirstMessage)).ToHashSet();
        foreach (var chunk in await chunks.ListAsync(cancellationToken))
        {
            // Whoever made it by an older version cannot put it into the index any more.
            if (chunk.FirstMessage < own && !liveChunks.Contains((chunk.FirstOrdinal, chunk.LastOrdinal, chunk.FirstMessage)))
            {
                await chunks.DeleteAsync(chunk);
            }
        }
    }

    private async Task DeleteAsync(IReadOnlyList<IndexEntry> entries)
    {
        foreach (var entry in entries)
        {
            await (entry.IsChunk ? chunks.DeleteAsync(entry) : segments.DeleteAsync(entry.Partition, entry.FirstMessage).AsTask());
        }
    }
}
