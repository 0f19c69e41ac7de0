namespace Guard.Grains.Counting;

/// <summary>A shard as it is saved: one block of columns that holds counters and the position in each partition, with version and checksum.</summary>
[GenerateSerializer]
[Alias("guard.shard-state")]
public sealed class ShardState
{
    /// <summary>Gets or sets the block; empty before the first save.</summary>
    [Id(0)]
    public byte[] Block { get; set; } = [];

    /// <summary>Gets or sets readings whose decisions may not be durable: the block has counted their clicks, which are asked for again.</summary>
    [Id(1)]
    public KeptBatch[] Kept { get; set; } = [];
}
