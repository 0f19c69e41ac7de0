namespace Guard.Grains.Reading.Index;

/// <summary>Where numbered decisions stand: a partition's segment, or a chunk of several segments.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.index-entry")]
public readonly record struct IndexEntry
{
    /// <summary>What <see cref="Partition"/> is for a chunk.</summary>
    public const int Chunk = -1;

    /// <summary>Gets the place of its first segment in the order in which segments were numbered, from 0, without gaps.</summary>
    [Id(0)]
    public long FirstOrdinal { get; init; }

    /// <summary>Gets the place of its last segment.</summary>
    [Id(1)]
    public long LastOrdinal { get; init; }

    /// <summary>Gets the number of its first decision; that of the next one where it has none.</summary>
    [Id(2)]
    public long FirstNumber { get; init; }

    /// <summary>Gets how many decisions it has, numbered one after the other.</summary>
    [Id(3)]
    public int Count { get; init; }

    /// <summary>Gets the segment's partition, or <see cref="Chunk"/>.</summary>
    [Id(4)]
    public int Partition { get; init; }

    /// <summary>Gets the segment's first message; for a chunk the version of the directory by which it was made, which names it.</summary>
    [Id(5)]
    public long FirstMessage { get; init; }

    /// <summary>Gets the segment's last message.</summary>
    [Id(6)]
    public long LastMessage { get; init; }

    /// <summary>Gets about how large it is, in bytes.</summary>
    [Id(7)]
    public long Size { get; init; }

    /// <summary>Gets when its newest segment was numbered, in Unix milliseconds.</summary>
    [Id(8)]
    public long Numbered { get; init; }

    /// <summary>Gets the version of the directory that took it in.</summary>
    [Id(9)]
    public long Version { get; init; }

    /// <summary>Gets whether it is a chunk.</summary>
    public bool IsChunk => Partition == Chunk;

    /// <summary>Gets the number of its last decision.</summary>
    public long LastNumber => FirstNumber + Count - 1;
}
