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

    /// <summary>The least number of clicks for which a second thread pays.</summary>
    private const int MinimumClicksPerWorker = 256;

    private readonly UserShard[] _users;
    private readonly EntityShard[] _entities;
    private readonly UserAgentShard[] _userAgents;
    private readonly ShardGroups _userGroups;
    private readonly ShardGroups _entityGroups;
    private readonly ShardGroups _userAgentGroups;
    private readonly ParallelOptions _parallel;
    private int _nextJob;

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
        Group(batch, readings);
        if (_parallel.MaxDegreeOfParallelism == 1 || batch.Clicks.Length < MinimumClicksPerWorker)
        {
            for (var job = 0; job < _users.Length * Kinds; job++)
            {
                Apply(job, batch, readings);
            }
        }
        else
        {
            // Each thread takes the next job when it is done with one: ranges handed out beforehand would leave one thread waiting for another.
            _nextJob = 0;
            Parallel.For(0, _parallel.MaxDegreeOfParallelism, _parallel, _ =>
            {
                for (int job; (job = Interlocked.Increment(ref _nextJob) - 1) < _users.Length * Kinds;)
                {
                    Apply(job, batch, readings);
                }
            });
        }

        return ValueTask.CompletedTask;
    }

    private void Group(EventBatch batch, CounterReadings readings)
    {
        var clicks = batch.Clicks;
        _userGroups.Begin(clicks.Length);
        _entityGroups.Begin(clicks.Length);
        _userAgentGroups.Begin(clicks.Length);
        foreach (ref readonly var click in clicks)
        {
            _userGroups.Add(click.User);
            _entityGroups.Add(click.Entity);
            _userAgentGroups.Add(click.UserAgent);
        }

        _userGroups.Sort(readings.UserPlaces);
        _entityGroups.Sort(readings.EntityPlaces);
        _userAgentGroups.Sort(readings.UserAgentPlaces);
    }

    // The costliest kind comes first, so that the last jobs, for which some threads may wait, are short.
    private void Apply(int job, EventBatch batch, CounterReadings readings)
    {
        var shard = job % _users.Length;
        switch (job / _users.Length)
        {
            case 0 when _entityGroups.Rows(shard) is { IsEmpty: false } rows:
                _entities[shard].Apply(batch.Partition, batch.Clicks, rows, readings.Entities[_entityGroups.Start(shard)..]);
                break;
            case 1 when _userGroups.Rows(shard) is { IsEmpty: false } rows:
                _users[shard].Apply(batch.Partition, batch.Clicks, rows, readings.Users[_userGroups.Start(shard)..]);
                break;
            case 2 when _userAgentGroups.Rows(shard) is { IsEmpty: false } rows:
                _userAgents[shard].Apply(batch.Partition, batch.Clicks, rows, readings.UserAgents[_userAgentGroups.Start(shard)..]);
                break;
        }
    }
}
