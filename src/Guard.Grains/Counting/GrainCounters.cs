using System.Collections.Concurrent;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;

namespace Guard.Grains.Counting;

/// <summary>
/// The shards of a cluster, as one partition sees them: a batch is grouped by shard, and every touched shard is called once.
/// One instance serves one partition, one batch at a time.
/// </summary>
/// <remarks>
/// With one partition the readings are those of <c>Guard.Engine</c>'s local counters, also where silos are lost on the way:
/// a shard that comes back older than it was is brought up to date with the clicks retained since the committed position.
/// </remarks>
internal sealed class GrainCounters : ICounters
{
    // Shards that write their blocks all at once would hold up those who count.
    private const int MostSaves = 8;
    private readonly RetainedClicks _retained = new();
    private readonly ShardLane<UserCounters> _users;
    private readonly ShardLane<EntityCounters> _entities;
    private readonly ShardLane<UserAgentCounters> _userAgents;
    private long _newest;

    public GrainCounters(IGrainFactory grains, ClusterOptions options, TimeProvider time)
    {
        var retries = new Retries(time, options.RetryFor);
        var shards = options.Shards;
        _users = new(
            shards, shard => grains.GetGrain<IUserShardGrain>(ShardKey.Of(shard, shards)),
            static click => click.User, static (in Click click) => click.User, static readings => readings.Users, static readings => readings.UserPlaces,
            _retained, retries);
        _entities = new(
            shards, shard => grains.GetGrain<IEntityShardGrain>(ShardKey.Of(shard, shards)),
            static click => click.Entity, static (in Click click) => click.Entity, static readings => readings.Entities, static readings => readings.EntityPlaces,
            _retained, retries);
        _userAgents = new(
            shards, shard => grains.GetGrain<IUserAgentShardGrain>(ShardKey.Of(shard, shards)),
            static click => click.UserAgent, static (in Click click) => click.UserAgent, static readings => readings.UserAgents, static readings => readings.UserAgentPlaces,
            _retained, retries);
    }

    /// <summary>Gets or sets the number up to which decisions are durable.</summary>
    public long Decided { get; set; }

    /// <summary>Gets how often a shard was brought up to date.</summary>
    public long CaughtUp => _users.CaughtUp + _entities.CaughtUp + _userAgents.CaughtUp;

    /// <summary>Gets how many shards came back without state that they had saved.</summary>
    public long Lost => _users.Lost + _entities.Lost + _userAgents.Lost;

    /// <summary>Takes up what shards had been given at the committed position.</summary>
    public void Restore(GivenClicks given)
    {
        ArgumentNullException.ThrowIfNull(given);
        _users.Restore(given.Users);
        _entities.Restore(given.Entities);
        _userAgents.Restore(given.UserAgents);
    }

    /// <summary>Tells what shards have been given.</summary>
    public GivenClicks Given() => new() { Users = [.. _users.Given], Entities = [.. _entities.Given], UserAgents = [.. _userAgents.Given] };

    /// <inheritdoc/>
    public async ValueTask CountAsync(EventBatch batch, CounterReadings readings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(readings);
        foreach (ref readonly var click in batch.Clicks)
        {
            // A batch that is tried again is retained once.
            if (click.Sequence > _newest)
            {
                _newest = click.Sequence;
                _retained.Add(new CountedClick(click));
            }
        }

        var calls = new List<Task>();
        _users.Count(batch, readings, Decided, calls, cancellationToken);
        _entities.Count(batch, readings, Decided, calls, cancellationToken);
        _userAgents.Count(batch, readings, Decided, calls, cancellationToken);
        await Task.WhenAll(calls);
    }

    /// <summary>Has every shard save what it was given of the partition, few at a time; batches that come meanwhile do not hold it up. When the call ends, all of it is durable.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="given">What the shards were given.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SaveAsync(int partition, GivenClicks given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        var calls = new ConcurrentQueue<Func<Task>>();
        _users.Save(partition, given.Users, () => Decided, calls, cancellationToken);
        _entities.Save(partition, given.Entities, () => Decided, calls, cancellationToken);
        _userAgents.Save(partition, given.UserAgents, () => Decided, calls, cancellationToken);
        return Task.WhenAll(Enumerable.Range(0, MostSaves).Select(_ => RunAsync(calls)));

        static async Task RunAsync(ConcurrentQueue<Func<Task>> calls)
        {
            while (calls.TryDequeue(out var call))
            {
                await call();
            }
        }
    }

    /// <summary>Forgets the clicks up to a number, which is committed.</summary>
    public void Forget(long through) => _retained.Forget(through);
}
