using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;
using Guard.Grains;
using Guard.Grains.Counting;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>What <see cref="GrainCounters"/> does, for users alone.</summary>
internal sealed class UserCounting : ICounters
{
    private readonly RetainedClicks _retained = new();
    private readonly List<Task> _calls = [];
    private readonly ShardLane<UserCounters> _users;

    public UserCounting(IGrainFactory grains, ClusterOptions options) =>
        _users = new(
            options.Shards, shard => grains.GetGrain<IUserShardGrain>(ShardKey.Of(shard, options.Shards)),
            static click => click.User, static (in Click click) => click.User, static readings => readings.Users, static readings => readings.UserPlaces,
            _retained, new Retries(TimeProvider.System, options.RetryFor));

    /// <inheritdoc/>
    public async ValueTask CountAsync(EventBatch batch, CounterReadings readings, CancellationToken cancellationToken = default)
    {
        foreach (ref readonly var click in batch.Clicks)
        {
            _retained.Add(new CountedClick(click));
        }

        _calls.Clear();
        _users.Count(batch, readings, batch.Clicks[0].Sequence - 1, _calls, cancellationToken);
        await Task.WhenAll(_calls);
    }

    public void Forget(long through) => _retained.Forget(through);
}
