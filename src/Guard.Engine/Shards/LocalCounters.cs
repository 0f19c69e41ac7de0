using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;

namespace Guard.Engine.Shards;

/// <summary>
/// The shards of one machine: a batch is grouped by shard, every touched shard is called once, and shards run on threads
/// side by side with a barrier at the batch's end. The readings do not depend on the number of threads or shards.
/// </summary>
public sealed class LocalCounters : ICounters
{
    private readonly UserShard[] _users;
    private readonly EntityShard[] _entities;
    private readonly ShardGroups _userGroups;
    private readonly ShardGroups _entityGroups;
    private readonly ParallelOptions _parallel;

    /// <summary>Initialises empty shards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LocalCounters(ShardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _users = [.. Enumerable.Range(0, options.Shards).Select(_ => new UserShard(options.UserCapacity / options.Shards))];
        _entities = [.. Enumerable.Range(0, options.Shards).Select(_ => new EntityShard(options.EntityCapacity / options.Shards))];
        _userGroups = new ShardGroups(options.Shards);
        _entityGroups = new ShardGroups(options.Shards);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers };
    }

    /// <summary>Gets how many users have counters.</summary>
    public long Users => _users.Sum(shard => (long)shard.Count);

    /// <summary>Gets how many entities have counters.</summary>
    public long Entities => _entities.Sum(shard => (long)shard.Count);

    /// <inheritdoc/>
    public ValueTask CountAsync(EventBatch batch, CounterReadings readings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(readings);
        _userGroups.Group(batch.Clicks, static (in Click click) => click.User);
        _entityGroups.Group(batch.Clicks, static (in Click click) => click.Entity);
        if (_parallel.MaxDegreeOfParallelism == 1)
        {
            for (var shard = 0; shard < _users.Length * 2; shard++)
            {
                Apply(shard, batch, readings);
            }
        }
        else
        {
            Parallel.For(0, _users.Length * 2, _parallel, shard => Apply(shard, batch, readings));
        }

        return ValueTask.CompletedTask;
    }

    private void Apply(int index, EventBatch batch, CounterReadings readings)
    {
        var shard = index / 2;
        if (index % 2 == 0 && _userGroups.Rows(shard) is { IsEmpty: false } userRows)
        {
            _users[shard].Apply(batch.Partition, batch.Clicks, userRows, readings.Users);
        }
        else if (index % 2 == 1 && _entityGroups.Rows(shard) is { IsEmpty: false } entityRows)
        {
            _entities[shard].Apply(batch.Partition, batch.Clicks, entityRows, readings.Entities);
        }
    }
}
