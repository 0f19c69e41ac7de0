namespace Guard.Grains.Counting;

/// <summary>A batch's clicks of one shard.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.shard-call")]
public sealed class ShardCall
{
    /// <summary>Gets the partition.</summary>
    [Id(0)]
    public int Partition { get; init; }

    /// <summary>Gets the number of the last click of the partition that the shard was given before; a shard that has not seen it was set back and answers so.</summary>
    [Id(1)]
    public long Previous { get; init; }

    /// <summary>Gets the number up to which the partition's decisions are durable, whose readings nobody will ask for again.</summary>
    [Id(2)]
    public long Decided { get; init; }

    /// <summary>Gets the clicks, ascending by number, as packed rows.</summary>
    [Id(3)]
    public byte[] Clicks { get; init; } = [];
}
