using Guard.Grains.Counting;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Watching;

/// <summary>How many users and addresses have counters, summed over the shards; asked for at most every ten seconds. Safe for concurrent use.</summary>
internal sealed class KeyCounts(IGrainFactory grains, IOptions<ClusterOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private Task<(long Users, long Entities)>? _counts;
    private long _asked;

    public Task<(long Users, long Entities)> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_counts is null or { IsFaulted: true } || time.GetElapsedTime(_asked) >= s_fresh)
            {
                (_asked, _counts) = (time.GetTimestamp(), CountAsync());
            }

            return _counts.WaitAsync(cancellationToken);
        }
    }

    private async Task<(long Users, long Entities)> CountAsync()
    {
        var shards = options.Value.Shards;
        var users = Task.WhenAll(Enumerable.Range(0, shards).Select(shard => grains.GetGrain<IUserShardGrain>(ShardKey.Of(shard, shards)).StatusAsync()));
        var entities = await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => grains.GetGrain<IEntityShardGrain>(ShardKey.Of(shard, shards)).StatusAsync()));
        return ((await users).Sum(static shard => shard.Keys), entities.Sum(static shard => shard.Keys));
    }
}
