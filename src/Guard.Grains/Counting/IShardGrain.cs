namespace Guard.Grains.Counting;

/// <summary>A shard of counters behind a grain. Its key is what <see cref="ShardKey"/> makes.</summary>
[Alias("guard.IShardGrain")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Counts clicks and reads their counters; called once a batch. A click seen before is not counted again, and reads as it did then as long as its decision is not durable.</summary>
    /// <exception cref="InvalidDataException">The caller's build lays rows out otherwise.</exception>
    [Alias("Apply")]
    Task<ShardReply> ApplyAsync(ShardCall batch);

    /// <summary>Reads counters as they stand for clicks that do not count, a packed row each.</summary>
    /// <exception cref="InvalidDataException">The caller's build lays rows out otherwise.</exception>
    [Alias("Peek")]
    Task<byte[]> PeekAsync(byte[] clicks);

    /// <summary>Saves what is not saved yet of a partition: counters and positions in one conditional write.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="through">The last click that the partition gave the shard; where it is saved already nothing is written.</param>
    /// <returns>Where the shard stands; it was set back where the last click it saw is before <paramref name="through"/>.</returns>
    [Alias("Save")]
    Task<ShardReply> SaveAsync(int partition, long through);

    /// <summary>Gets what the shard holds.</summary>
    [Alias("Status")]
    Task<ShardStatus> StatusAsync();
}
