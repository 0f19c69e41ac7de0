using Guard.Grains.Reading.Index;

namespace Guard.Grains.Reading;

/// <summary>Finds the decisions of one click, newest first: in chunks by their keys, in segments that are not compacted yet by looking through them. Safe for concurrent use.</summary>
/// <param name="follower">Where decisions stand.</param>
/// <param name="segments">Reads them.</param>
/// <param name="lost">Where losses are told.</param>
internal sealed class DecisionFinder(DirectoryFollower follower, KeptSegments segments, LostSegments lost)
{
    private const int MostSideBySide = 32;

    /// <summary>Finds the newest decision of a click.</summary>
    /// <param name="click">The keyed hash of the click's id.</param>
    /// <param name="wanted">Whether a decision of that hash is the one; several ids may share a hash.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<(NumberedSegment Segment, int Row)?> FindAsync(ulong click, Func<NumberedSegment, int, bool> wanted, CancellationToken cancellationToken)
    {
        var directory = follower.Directory;
        for (var before = long.MaxValue; ;)
        {
            var entries = Behind(directory, before);
            if (entries.Count == 0)
            {
                return null;
            }

            var found = await Task.WhenAll(entries.Select(entry => FindAsync(entry, click, wanted, cancellationToken)));
            foreach (var (entry, (isThere, place)) in entries.Zip(found))
            {
                if (place is not null)
                {
                    return place;
                }

                if (!isThere)
                {
                    // It was compacted or let go meanwhile. What is lost for good is passed over.
                    var newer = await follower.RefreshAsync(cancellationToken);
                    if (newer.Holds(entry))
                    {
                        lost.Add(entry);
                        before = entry.FirstOrdinal;
                    }

                    directory = newer;
                    break;
                }

                before = entry.FirstOrdinal;
            }
        }
    }

    private static List<IndexEntry> Behind(DecisionDirectory directory, long before)
    {
        var entries = new List<IndexEntry>();
        for (var place = directory.PlaceOfOrdinal(before) - 1; place >= 0 && entries.Count < MostSideBySide; place--)
        {
            entries.Add(directory.Entries[place]);
        }

        return entries;
    }

    private async Task<(bool IsThere, (NumberedSegment Segment, int Row)? Place)> FindAsync(
        IndexEntry entry, ulong click, Func<NumberedSegment, int, bool> wanted, CancellationToken cancellationToken)
    {
        if (entry.Count == 0)
        {
            return (true, null);
        }

        if (entry.IsChunk)
        {
            var keys = await segments.ReadKeysAsync(entry, cancellationToken);
            if (keys is null || keys.Find(click) is not [_, ..] rows)
            {
                return (keys is not null, null);
            }

            return await segments.ReadAsync(entry, cancellationToken) is { } chunk ? (true, Place(chunk, rows.Select(row => entry.FirstNumber + row), wanted)) : (false, null);
        }

        return await segments.ReadAsync(entry, cancellationToken) is [var segment] ? (true, Place([segment], RowsOf(segment, click), wanted)) : (false, null);
    }

    private static (NumberedSegment Segment, int Row)? Place(IReadOnlyList<NumberedSegment> parts, IEnumerable<long> numbers, Func<NumberedSegment, int, bool> wanted)
    {
        foreach (var number in numbers)
        {
            var part = parts.First(part => number <= part.Last);
            var row = (int)(number - part.First);
            if (wanted(part, row))
            {
                return (part, row);
            }
        }

        return null;
    }

    private static List<long> RowsOf(NumberedSegment segment, ulong click)
    {
        var numbers = new List<long>();
        var rows = segment.Rows;
        for (var row = rows.Length - 1; row >= 0; row--)
        {
            if (rows[row].Click == click)
            {
                numbers.Add(segment.First + row);
            }
        }

        return numbers;
    }
}
