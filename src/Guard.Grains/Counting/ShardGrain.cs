using System.Buffers;
using Guard.Core.Clicks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Guard.Grains.Counting;

/// <summary>What all kinds of shard grain have in common: apply, keep, save.</summary>
/// <remarks>
/// Reentrant, so that counting goes on while a save is on its way: applying never awaits, and a save writes a block that
/// was made in one go. A save that finds another activation's state gives this activation up.
/// </remarks>
/// <typeparam name="TReading">What is read of a click.</typeparam>
[Reentrant]
public abstract partial class ShardGrain<TReading> : Grain, IShardGrain
    where TReading : unmanaged
{
    private readonly IPersistentState<ShardState> _state;
    private readonly ClusterOptions _options;
    private readonly ILogger _logger;
    private readonly Dictionary<int, KeptReadings<TReading>> _kept = [];
    private readonly Dictionary<int, long> _durable = [];
    private Task _saving = Task.CompletedTask;
    private Click[] _clicks = [];
    private int[] _rows = [];
    private long _changes;
    private long _saved;
    private long _writes;
    private ShardInstruments _instruments = null!;
    private (long Entries, long Bytes) _told;

    private protected ShardGrain(IPersistentState<ShardState> state, ClusterOptions options, ILogger logger) =>
        (_state, _options, _logger) = (state, options, logger);

    /// <summary>Gets what is counted here, as metrics name it.</summary>
    private protected abstract string Kind { get; }

    private protected abstract long MemoryBytes { get; }

    private protected abstract long ForcedEvictions { get; }

    private protected abstract int Count { get; }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Start(_state.State.Block);
        foreach (var batch in _state.State.Kept)
        {
            KeptOf(batch.Partition).Restore(batch);
        }

        (_state.State.Block, _state.State.Kept) = ([], []);
        _instruments = ServiceProvider.GetRequiredService<ShardInstruments>();
        _instruments.Opened(Kind);
        Tell(Count, MemoryBytes);
        this.RegisterGrainTimer(
            static (self, _) => self.SaveAsync(),
            this,
            new GrainTimerCreationOptions(_options.SaveEvery, _options.SaveEvery) { Interleave = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync();
        }
        catch (Exception exception)
        {
            // The partitions that count here replay what was not saved.
            LogUnsaved(this.GetPrimaryKeyString(), exception.GetType().Name);
        }

        _instruments.Closed(Kind);
        Tell(0, 0);
    }

    /// <inheritdoc/>
    public Task<ShardReply> ApplyAsync(ShardCall batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var clicks = RowBytes.Read<CountedClick>(batch.Clicks);
        var last = LastSequence(batch.Partition);
        if (last < batch.Previous)
        {
            return Task.FromResult(Reply(batch.Partition, null));
        }

        Stage(clicks);
        var kept = KeptOf(batch.Partition);
        var reply = RowBytes.New<TReading>(clicks.Length, out var readings);
        Apply(batch.Partition, _clicks.AsSpan(0, clicks.Length), _rows.AsSpan(0, clicks.Length), readings);
        kept.Forget(batch.Decided);
        var row = 0;
        for (; row < clicks.Length && clicks[row].Sequence <= last; row++)
        {
            if (kept.TryFind(clicks[row].Sequence, out var reading))
            {
                readings[row] = reading;
            }
        }

        kept.Keep(batch.Clicks, reply, row);
        _changes += row < clicks.Length ? 1 : 0;
        return Task.FromResult(Reply(batch.Partition, reply));
    }

    /// <inheritdoc/>
    public Task<byte[]> PeekAsync(byte[] clicks)
    {
        var rows = RowBytes.Read<CountedClick>(clicks);
        Stage(rows);
        foreach (ref var click in _clicks.AsSpan(0, rows.Length))
        {
            // A number that every partition has passed: the shard reads and counts nothing.
            click.Sequence = 0;
        }

        var reply = RowBytes.New<TReading>(rows.Length, out var readings);
        Apply(0, _clicks.AsSpan(0, rows.Length), _rows.AsSpan(0, rows.Length), readings);
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public async Task<ShardReply> SaveAsync(int partition, long through)
    {
        if (DurableOf(partition) < through && LastSequence(partition) >= through)
        {
            await SaveAsync();
        }

        return Reply(partition, null);
    }

    /// <inheritdoc/>
    public Task<ShardStatus> StatusAsync() => Task.FromResult(new ShardStatus(Count, MemoryBytes, ForcedEvictions, _writes));

    private protected abstract void Start(byte[] block);

    private protected abstract long LastSequence(int partition);

    private protected abstract void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<TReading> readings);

    private protected abstract void Save(IBufferWriter<byte> output);

    private async Task SaveAsync()
    {
        while (!_saving.IsCompleted)
        {
            await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (_saved != _changes)
        {
            await (_saving = WriteAsync());
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            var (changes, begun) = (_changes, _instruments.Now);
            var block = new ArrayBufferWriter<byte>();
            Save(block);
            var positions = _kept.Keys.ToDictionary(partition => partition, LastSequence);
            _state.State.Block = block.WrittenSpan.ToArray();

            // Without them a partition that starts again would read counters that have its clicks, and later ones, already.
            _state.State.Kept = [.. _kept.SelectMany(kept => kept.Value.Save(kept.Key))];
            await _state.WriteStateAsync();
            (_state.State.Block, _state.State.Kept) = ([], []);
            _writes++;
            _instruments.Saved(Kind, begun);
            Tell(Count, MemoryBytes);
            _saved = changes;
            foreach (var (partition, position) in positions)
            {
                _durable[partition] = position;
            }
        }
        catch (InconsistentStateException)
        {
            LogSuperseded(this.GetPrimaryKeyString());
            DeactivateOnIdle();
            throw;
        }
    }

    private void Tell(long entries, long bytes)
    {
        _instruments.Changed(Kind, entries - _told.Entries, bytes - _told.Bytes);
        _told = (entries, bytes);
    }

    private KeptReadings<TReading> KeptOf(int partition)
    {
        if (!_kept.TryGetValue(partition, out var kept))
        {
            // What it has not changed since the activation began is saved.
            _durable[partition] = LastSequence(partition);
            _kept[partition] = kept = new KeptReadings<TReading>();
        }

        return kept;
    }

    // A partition that has not called yet stands where the saved block says.
    private long DurableOf(int partition) => _durable.TryGetValue(partition, out var durable) ? durable : LastSequence(partition);

    private ShardReply Reply(int partition, byte[]? readings) =>
        new() { Last = LastSequence(partition), Durable = DurableOf(partition), Readings = readings };

    private void Stage(ReadOnlySpan<CountedClick> clicks)
    {
        if (_clicks.Length < clicks.Length)
        {
            _clicks = new Click[Math.Max(clicks.Length, _clicks.Length * 2)];
            _rows = [.. Enumerable.Range(0, _clicks.Length)];
        }

        for (var row = 0; row < clicks.Length; row++)
        {
            clicks[row].WriteTo(ref _clicks[row]);
        }
    }
}
