using System.Collections.Immutable;

namespace Guard.Grains.Reading.Index;

/// <summary>
/// Where the decisions stand at one moment: entries in the order of their numbers. Immutable. Versions follow each other in
/// one line for the whole cluster, and whoever is at an older one catches up with a <see cref="DirectoryChange"/>.
/// </summary>
internal sealed class DecisionDirectory
{
    private DecisionDirectory(long from, DirectoryChange at, ImmutableList<IndexEntry> entries) =>
        (From, Version, Last, NextOrdinal, FirstOrdinal, Entries) = (from, at.Version, at.Last, at.NextOrdinal, at.FirstOrdinal, entries);

    /// <summary>Gets the directory of a cluster that decided nothing yet.</summary>
    public static DecisionDirectory Empty { get; } = new(0, new DirectoryChange(), []);

    /// <summary>Gets the version whose successors' entries these are: 0 for a whole directory.</summary>
    public long From { get; }

    /// <summary>Gets the version.</summary>
    public long Version { get; }

    /// <summary>Gets the number of the newest decision; 0 before the first.</summary>
    public long Last { get; }

    /// <summary>Gets the place of the segment that is numbered next.</summary>
    public long NextOrdinal { get; }

    /// <summary>Gets the place of the first segment that is kept.</summary>
    public long FirstOrdinal { get; }

    /// <summary>Gets the entries, in order.</summary>
    public ImmutableList<IndexEntry> Entries { get; }

    /// <summary>Gets the part that came after a version, which takes in what comes further.</summary>
    public DecisionDirectory After(long version)
    {
        var change = Since(version);
        return new(version, change, [.. change.Entries]);
    }

    /// <summary>Gets the directory after a change; an older change changes nothing.</summary>
    public DecisionDirectory Apply(DirectoryChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Version <= Version)
        {
            return this;
        }

        var entries = Entries.ToBuilder();
        foreach (var entry in change.Entries)
        {
            var start = FirstAt(entries, entry.FirstOrdinal);
            var end = start;
            while (end < entries.Count && entries[end].FirstOrdinal <= entry.LastOrdinal)
            {
                end++;
            }

            entries.RemoveRange(start, end - start);
            entries.Insert(start, entry);
        }

        entries.RemoveRange(0, FirstAt(entries, change.FirstOrdinal));
        return new DecisionDirectory(From, change, entries.ToImmutable());
    }

    /// <summary>Gets what leads from a version that is at least <see cref="From"/> to this one.</summary>
    public DirectoryChange Since(long version) => new()
    {
        From = Math.Max(version, From),
        Version = Version,
        Last = Last,
        NextOrdinal = NextOrdinal,
        FirstOrdinal = FirstOrdinal,
        Entries = version == Version ? [] : [.. Entries.Where(entry => entry.Version > version)],
    };

    /// <summary>Finds the place among <see cref="Entries"/> of the first one whose last number is at least this.</summary>
    public int PlaceOf(long number)
    {
        var (low, high) = (0, Entries.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Entries[middle].LastNumber < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Finds the place among <see cref="Entries"/> of the first one that begins with this segment or a later one.</summary>
    public int PlaceOfOrdinal(long ordinal) => FirstAt(Entries, ordinal);

    /// <summary>Gets the entry that holds a segment's place, or the first one after it; <see langword="null"/> where there is none.</summary>
    public IndexEntry? At(long ordinal)
    {
        var place = PlaceOfOrdinal(ordinal);
        return place > 0 && Entries[place - 1].LastOrdinal >= ordinal ? Entries[place - 1]
            : place < Entries.Count ? Entries[place]
            : null;
    }

    /// <summary>Gets whether an entry stands here as it was.</summary>
    public bool Holds(IndexEntry entry) => PlaceOfOrdinal(entry.FirstOrdinal) is var place && place < Entries.Count && Entries[place] == entry;

    private static int FirstAt(IReadOnlyList<IndexEntry> entries, long ordinal)
    {
        // What comes is mostly the newest.
        if (entries.Count == 0 || entries[^1].FirstOrdinal < ordinal)
        {
            return entries.Count;
        }

        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = entries[middle].FirstOrdinal < ordinal ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
