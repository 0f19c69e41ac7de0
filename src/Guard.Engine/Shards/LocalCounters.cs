using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;

namespace Guard.Engine.Shards;

/// <summary>
/// The shards of one machine: a batch is grouped by shard, every touched shard is called once, and shards run on threads
/// side by side with a barrier at the batch's end. The readings do not depend on the number of threads or shards.
/// </summary>
public sealed partial class LocalCounters : ICounters
{
    private const int Kinds = 3;
    private readonly UserShard[] _users;
    private readonly EntityShard[] _entities;
    private readonly UserAgentShard[] _userAgents;
    private readonly ShardGroups _userGroups;
    private readonly ShardGroups _entityGroups;
    private readonly ShardGroups _userAgentGroups;
    private readonly ParallelOptions _parallel;

    /// <summary>Initialises empty shards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LocalCounters(ShardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _users = [.. Enumerable.Range(0, options.Shards).Select(_ => new UserShard(options.UserCapacity / options.Shards))];
        _entities = [.. Enumerable.Range(0, options.Shards).Select(_ => new EntityShard(options.EntityCapacity / options.Shards))];
        _userAgents = [.. Enumerable.Range(0, options.Shards).Select(_ => new UserAgentShard(options.UserAgentCapacity / options.Shards))];
        _userGroups = new ShardGroups(options.Shards);
        _entityGroups = new ShardGroups(options.Shards);
        _userAgentGroups = new ShardGroups(options.Shards);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers };
    }

    /// <summary>Gets how many users have counters.</summary>
    public long Users => _users.Sum(shard => (long)shard.Count);

    /// <summary>Gets how many entities have counters.</summary>
    public long Entities => _entities.Sum(shard => (long)shard.Count);

    /// <summary>Gets how many user agents have counters.</summary>
    public long UserAgents => _userAgents.Sum(shard => (long)shard.Count);

    /// <inheritdoc/>
    public ValueTask CountAsync(EventBatch batch, CounterReadings readings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(readings);
        _userGroups.Group(batch.Clicks, static (in Click click) => click.User);
        _entityGroups.Group(batch.Clicks, static (in Click click) => click.Entity);
        _userAgentGroups.Group(batch.Clicks, static (in Click click) => click.UserAgent);
        if (_parallel.MaxDegreeOfParallelism == 1)
        {
            for (var shard = 0; shard < _users.Length * Kinds; shard++)
            {
                Apply(shard, batch, readings);
            }
        }
        else
        {
            Parallel.For(0, _users.Length * Kinds, _parallel, shard => Apply(shard, batch, readings));
        }

        return ValueTask.CompletedTask;
    }

    private void Apply(int index, EventBatch batch, CounterReadings readings)
    {
        var shard = index / Kinds;
        switch (index % Kinds)
        {
            case 0 when _userGroups.Rows(shard) is { IsEmpty: false } rows:
                _users[shard].Apply(batch.Partition, batch.Clicks, rows, readings.Users);
                break;
            case 1 when _entityGroups.Rows(shard) is { IsEmpty: false } rows:
                _entities[shard].Apply(batch.Partition, batch.Clicks, rows, readings.Entities);
                break;
            case 2 when _userAgentGroups.Rows(shard) is { IsEmpty: false } rows:
                _userAgents[shard].Apply(batch.Partition, batch.Clicks, rows, readings.UserAgents);
                break;
        }
    }
}
