using System.Runtime.CompilerServices;
using Guard.Grains.Reading.Index;

namespace Guard.Grains.Reading;

/// <summary>Goes through numbered decisions where they stand, forward or backward. Safe for concurrent use.</summary>
/// <param name="follower">Where they stand.</param>
/// <param name="segments">Reads them.</param>
/// <param name="lost">Where losses are told.</param>
internal sealed class DecisionScan(DirectoryFollower follower, KeptSegments segments, LostSegments lost)
{
    /// <summary>How many entries are read side by side: those that are not compacted yet are small.</summary>
    private const int MostSideBySide = 32;

    /// <summary>Goes forward, oldest first.</summary>
    /// <param name="after">The number after which to begin.</param>
    /// <param name="maximum">How many decisions to find at most.</param>
    /// <param name="among">How many to look at, about, at most.</param>
    /// <param name="filter">Which ones to find.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ScanResult> ForwardAsync(long after, int maximum, int among, RowFilter filter, CancellationToken cancellationToken)
    {
        var result = new ScanResult { Next = after };
        for (var directory = follower.Directory; result.Next < directory.Last && result.Found.Count < maximum && result.LookedAt < among;)
        {
            var entries = Ahead(directory, directory.PlaceOf(result.Next + 1), maximum - result.Found.Count);
            if (entries.Count == 0)
            {
                result.Miss(directory.Last);
            }

            foreach (var (entry, read) in await ReadAsync(entries, cancellationToken))
            {
                if (result.Found.Count == maximum)
                {
                    break;
                }

                result.Miss(entry.FirstNumber - 1);
                if (read is null)
                {
                    directory = await follower.RefreshAsync(cancellationToken);
                    if (directory.Holds(entry))
                    {
                        lost.Add(entry);
                        result.Miss(entry.LastNumber);
                    }

                    break;
                }

                foreach (var segment in read)
                {
                    for (var row = (int)Math.Max(0, result.Next + 1 - segment.First); row < segment.Count && result.Found.Count < maximum; row++)
                    {
                        result.Look(segment, row, segment.First + row, filter);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Goes backward, newest first.</summary>
    /// <param name="before">The number before which to begin.</param>
    /// <param name="maximum">How many decisions to find at most.</param>
    /// <param name="among">How many to look at, about, at most.</param>
    /// <param name="filter">Which ones to find.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ScanResult> BackwardAsync(long before, int maximum, int among, RowFilter filter, CancellationToken cancellationToken)
    {
        var directory = follower.Directory;
        var result = new ScanResult { Next = Math.Min(before, directory.Last + 1) };
        while (result.Found.Count < maximum && result.LookedAt < among)
        {
            var entries = Behind(directory, result.Next, maximum - result.Found.Count);
            if (entries.Count == 0)
            {
                break;
            }

            foreach (var (entry, read) in await ReadAsync(entries, cancellationToken))
            {
                if (read is null)
                {
                    directory = await follower.RefreshAsync(cancellationToken);
                    if (directory.Holds(entry))
                    {
                        lost.Add(entry);
                        result.Next = entry.FirstNumber;
                    }

                    break;
                }

                foreach (var segment in read.Reverse())
                {
                    for (var row = (int)Math.Min(segment.Count, result.Next - segment.First) - 1; row >= 0 && result.Found.Count < maximum; row--)
                    {
                        result.Look(segment, row, segment.First + row, filter);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Goes through all that is kept and numbered by now, in order, with the purchases that came beside.</summary>
    /// <returns>Segments, each with the first of its rows that no segment before it had. Purchases may come twice where segments are compacted on the way.</returns>
    public async IAsyncEnumerable<(NumberedSegment Segment, int From)> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var directory = await follower.RefreshAsync(cancellationToken);
        var (ordinal, number, end) = (0L, 0L, directory.NextOrdinal);
        while (directory.At(ordinal) is { } entry && entry.FirstOrdinal < end)
        {
            if (await segments.ReadAsync(entry, cancellationToken) is { } read)
            {
                foreach (var segment in read)
                {
                    yield return (segment, (int)Math.Clamp(number + 1 - segment.First, 0, segment.Count));
                    number = Math.Max(number, segment.Last);
                }

                ordinal = entry.LastOrdinal + 1;
                continue;
            }

            directory = await follower.RefreshAsync(cancellationToken);
            if (directory.Holds(entry))
            {
                lost.Add(entry);
                ordinal = entry.LastOrdinal + 1;
            }
        }
    }

    private static List<IndexEntry> Ahead(DecisionDirectory directory, int place, int wanted)
    {
        var entries = new List<IndexEntry>();
        for (; place < directory.Entries.Count && entries.Count < MostSideBySide && wanted > 0; place++)
        {
            var entry = directory.Entries[place];
            if (entry.Count > 0)
            {
                entries.Add(entry);
                wanted -= entry.IsChunk ? wanted : entry.Count;
            }
        }

        return entries;
    }

    private static List<IndexEntry> Behind(DecisionDirectory directory, long before, int wanted)
    {
        var entries = new List<IndexEntry>();
        for (var place = Math.Min(directory.PlaceOf(before - 1), directory.Entries.Count - 1); place >= 0 && entries.Count < MostSideBySide && wanted > 0; place--)
        {
            var entry = directory.Entries[place];
            if (entry.Count > 0 && entry.FirstNumber < before)
            {
                entries.Add(entry);
                wanted -= entry.IsChunk ? wanted : entry.Count;
            }
        }

        return entries;
    }

    private async Task<IEnumerable<(IndexEntry Entry, IReadOnlyList<NumberedSegment>? Read)>> ReadAsync(List<IndexEntry> entries, CancellationToken cancellationToken) =>
        entries.Zip(await Task.WhenAll(entries.Select(entry => segments.ReadAsync(entry, cancellationToken))));
}
