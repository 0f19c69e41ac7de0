using System.Collections.Concurrent;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;

namespace Guard.Grains.Counting;

/// <summary>The way of one partition to the shards of one kind: groups, calls, brings shards up to date that were set back.</summary>
/// <typeparam name="TReading">What is read of a click.</typeparam>
internal sealed class ShardLane<TReading>
    where TReading : unmanaged
{
    private readonly Func<int, IShardGrain> _grain;
    private readonly Func<CountedClick, ulong> _key;
    private readonly ClickKey _clickKey;
    private readonly RowsOf _rowsOf;
    private readonly PlacesOf _placesOf;
    private readonly IShardGrain?[] _shards;
    private readonly RetainedClicks _retained;
    private readonly Retries _retries;
    private readonly ShardGroups _groups;
    private readonly long[] _given;
    private readonly long[] _durable;

    public ShardLane(
        int shards, Func<int, IShardGrain> grain, Func<CountedClick, ulong> key, ClickKey clickKey, RowsOf rowsOf, PlacesOf placesOf, RetainedClicks retained, Retries retries)
    {
        (_grain, _key, _clickKey, _rowsOf, _placesOf, _retained, _retries) = (grain, key, clickKey, rowsOf, placesOf, retained, retries);
        _shards = new IShardGrain?[shards];
        _groups = new ShardGroups(shards);
        _given = new long[shards];
        _durable = new long[shards];
    }

    public delegate ulong ClickKey(in Click click);

    public delegate Span<TReading> RowsOf(CounterReadings readings);

    public delegate Span<int> PlacesOf(CounterReadings readings);

    /// <summary>Gets the last click given to each shard.</summary>
    public ReadOnlySpan<long> Given => _given;

    /// <summary>Gets how often a shard was brought up to date.</summary>
    public long CaughtUp { get; private set; }

    /// <summary>Gets how many shards came back without clicks that are no longer retained: their saved state was lost.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes up what each shard had been given, and had saved, at the committed position.</summary>
    public void Restore(ReadOnlySpan<long> given)
    {
        if (given.Length == _given.Length)
        {
            given.CopyTo(_given);
            given.CopyTo(_durable);
        }
    }

    /// <summary>Starts the calls of a batch, one a touched shard. All have ended before the next batch comes, whose groups take the place of this one's.</summary>
    public void Count(EventBatch batch, CounterReadings readings, long decided, List<Task> calls, CancellationToken cancellationToken)
    {
        _groups.Begin(batch.Clicks.Length);
        foreach (ref readonly var click in batch.Clicks)
        {
            _groups.Add(_clickKey(click));
        }

        _groups.Sort(_placesOf(readings));
        for (var shard = 0; shard < _given.Length; shard++)
        {
            if (_groups.Rows(shard) is { IsEmpty: false } rows)
            {
                var packed = RowBytes.New<CountedClick>(rows.Length, out var clicks);
                for (var row = 0; row < rows.Length; row++)
                {
                    clicks[row] = new CountedClick(batch.Clicks[rows[row]]);
                }

                calls.Add(CountAsync(shard, batch.Partition, packed, clicks[^1].Sequence, readings, decided, cancellationToken));
            }
        }
    }

    /// <summary>Makes the calls by which every shard saves that holds unsaved clicks of the partition.</summary>
    public void Save(int partition, long[] given, Func<long> decided, ConcurrentQueue<Func<Task>> calls, CancellationToken cancellationToken)
    {
        for (var index = 0; index < given.Length; index++)
        {
            var shard = index;
            if (_durable[shard] < given[shard])
            {
                calls.Enqueue(() => SaveAsync(shard, partition, given[shard], decided, cancellationToken));
            }
        }
    }

    private async Task CountAsync(int shard, int partition, byte[] clicks, long last, CounterReadings readings, long decided, CancellationToken cancellationToken)
    {
        while (true)
        {
            var call = new ShardCall { Partition = partition, Previous = _given[shard], Decided = decided, Clicks = clicks };
            var reply = await _retries.RunAsync(() => Grain(shard).ApplyAsync(call), cancellationToken);
            if (reply.Readings is { } bytes)
            {
                _given[shard] = Math.Max(_given[shard], last);
                _durable[shard] = reply.Durable;
                RowBytes.Read<TReading>(bytes)[.._groups.Rows(shard).Length].CopyTo(_rowsOf(readings)[_groups.Start(shard)..]);
                return;
            }

            await CatchUpAsync(shard, partition, reply.Last, decided, cancellationToken);
        }
    }

    private async Task SaveAsync(int shard, int partition, long given, Func<long> decided, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = await _retries.RunAsync(() => Grain(shard).SaveAsync(partition, given), cancellationToken);
            _durable[shard] = reply.Durable;

            // Less was given than it seemed where the shard's saved state is lost.
            if (reply.Last >= Math.Min(given, _given[shard]))
            {
                return;
            }

            await CatchUpAsync(shard, partition, reply.Last, decided(), cancellationToken);
        }
    }

    private async Task CatchUpAsync(int shard, int partition, long last, long decided, CancellationToken cancellationToken)
    {
        var missing = _retained.Between(last, _given[shard], click => KeyHash.ShardOf(_key(click), _given.Length) == shard);
        if (missing.Length == 0)
        {
            Lost++;
            _given[shard] = last;
            return;
        }

        CaughtUp++;
        var call = new ShardCall { Partition = partition, Previous = last, Decided = decided, Clicks = RowBytes.Of<CountedClick>(missing) };
        await _retries.RunAsync(() => Grain(shard).ApplyAsync(call), cancellationToken);
    }

    private IShardGrain Grain(int shard) => _shards[shard] ??= _grain(shard);
}
