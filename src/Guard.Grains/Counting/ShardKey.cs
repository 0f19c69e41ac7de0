namespace Guard.Grains.Counting;

/// <summary>Names shards. The number of shards is in the name, so that state of another layout is never taken for this one's.</summary>
public static class ShardKey
{
    /// <summary>Gets the key of a shard.</summary>
    public static string Of(int shard, int shards) => $"{shard}-of-{shards}";
}
