namespace Guard.Grains.Counting;

/// <summary>What a shard answers.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.shard-reply")]
public sealed class ShardReply
{
    /// <summary>Gets the number of the last click of the partition that the shard has seen.</summary>
    [Id(0)]
    public long Last { get; init; }

    /// <summary>Gets the number of the last click of the partition that is saved.</summary>
    [Id(1)]
    public long Durable { get; init; }

    /// <summary>Gets the readings, a packed row a click; <see langword="null"/> where the shard was set back and counted nothing of the call.</summary>
    [Id(2)]
    public byte[]? Readings { get; init; }
}
