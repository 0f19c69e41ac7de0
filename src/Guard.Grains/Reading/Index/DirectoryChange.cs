namespace Guard.Grains.Reading.Index;

/// <summary>What brings a directory to a version: entries that came, each in the place of those that it covers, and how far the oldest are gone.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.directory-change")]
public sealed record DirectoryChange
{
    /// <summary>Gets the version that the change leads to.</summary>
    [Id(0)]
    public long Version { get; init; }

    /// <summary>Gets the number of the newest decision.</summary>
    [Id(1)]
    public long Last { get; init; }

    /// <summary>Gets the place of the segment that is numbered next.</summary>
    [Id(2)]
    public long NextOrdinal { get; init; }

    /// <summary>Gets the place of the first segment that is kept.</summary>
    [Id(3)]
    public long FirstOrdinal { get; init; }

    /// <summary>Gets the entries that came, in order.</summary>
    [Id(4)]
    public IndexEntry[] Entries { get; init; } = [];

    /// <summary>Gets the oldest version from which the change leads to its own.</summary>
    [Id(5)]
    public long From { get; init; }
}
