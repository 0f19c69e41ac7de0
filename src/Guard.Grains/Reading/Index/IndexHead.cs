namespace Guard.Grains.Reading.Index;

/// <summary>
/// The index as it is saved, the one artifact that every step replaces by compare-and-swap: what was numbered since the
/// newest base, and how far each partition is numbered. A base holds a whole directory and is written once.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.index-head")]
internal sealed class IndexHead
{
    /// <summary>Gets the version of the base; 0 for none.</summary>
    [Id(0)]
    public long Base { get; init; }

    /// <summary>Gets what came since the base.</summary>
    [Id(1)]
    public DirectoryChange Since { get; init; } = new();

    /// <summary>Gets the next message that has no number yet, for each partition.</summary>
    [Id(2)]
    public Dictionary<int, long> Next { get; init; } = [];
}
