using System.Collections.Immutable;
using Guard.Grains.Reading.Index;

namespace Guard.Grains.Reading.Chunks;

/// <summary>Which entries of a directory to put together next: pure decisions.</summary>
/// <param name="ChunkDecisions">About how many decisions a chunk is to hold.</param>
/// <param name="Settled">Whether nobody but readers needs an entry as it is.</param>
/// <param name="Lost">Whether the store no longer holds an entry: what is before it and what is after it are put together apart.</param>
internal sealed record Compaction(int ChunkDecisions, Predicate<IndexEntry> Settled, Predicate<IndexEntry> Lost)
{
    /// <summary>How many segments are put together although they do not fill a chunk: a reader of a quiet cluster would read each by itself otherwise.</summary>
    public const int MostSegments = 256;

    private const int MostTogether = 1024;

    /// <summary>Gets the entries to put together, one after the other in the directory; none where there is nothing to do.</summary>
    public IReadOnlyList<IndexEntry> Pick(DecisionDirectory directory)
    {
        var entries = directory.Entries;
        var start = entries.Count;
        while (start > 0 && !IsFull(entries[start - 1]))
        {
            start--;
        }

        for (; start < entries.Count; start++)
        {
            var (end, decisions) = (start, 0L);
            while (end < entries.Count && end - start < MostTogether && Settled(entries[end]) && !Lost(entries[end]) && (end == start || decisions + entries[end].Count <= ChunkDecisions))
            {
                decisions += entries[end++].Count;
            }

            // It grows no more where something stands behind it that does not belong to it.
            var isWhole = decisions * 2 >= ChunkDecisions || (end < entries.Count && Settled(entries[end]));
            if (!isWhole)
            {
                return Smaller(entries.GetRange(start, end - start));
            }

            if (end - start > 1 || (end > start && !entries[start].IsChunk))
            {
                return [.. entries.GetRange(start, end - start)];
            }
        }

        return [];
    }

    // Like with like: a chunk is written again only together with as many decisions as it has, which is a few times in all.
    private static IReadOnlyList<IndexEntry> Smaller(ImmutableList<IndexEntry> entries)
    {
        var start = entries.Count;
        var decisions = 0L;
        while (start > 0 && (!entries[start - 1].IsChunk || entries[start - 1].Count <= decisions))
        {
            decisions += entries[--start].Count;
        }

        return entries.Skip(start).Count(entry => !entry.IsChunk) >= MostSegments ? [.. entries.Skip(start)] : [];
    }

    private bool IsFull(IndexEntry entry) => entry.IsChunk && entry.Count * 2L >= ChunkDecisions;
}
