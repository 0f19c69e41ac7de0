namespace Guard.Grains.Counting;

/// <summary>A call's clicks and readings that were not known to be decided when their shard was saved.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.kept-batch")]
public sealed class KeptBatch
{
    /// <summary>Gets the partition.</summary>
    [Id(0)]
    public required int Partition { get; init; }

    /// <summary>Gets the call's clicks, packed.</summary>
    [Id(1)]
    public required byte[] Clicks { get; init; }

    /// <summary>Gets its reply, packed.</summary>
    [Id(2)]
    public required byte[] Readings { get; init; }

    /// <summary>Gets the first row that the call counted itself.</summary>
    [Id(3)]
    public required int From { get; init; }
}
