using System.Buffers;
using System.Runtime.CompilerServices;
using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>What all kinds of shard have in common: batches looked up ahead, sequence numbers, horizon, reclaiming, blocks.</summary>
/// <typeparam name="TRecord">What is kept of a key.</typeparam>
/// <typeparam name="TReading">What is read of it.</typeparam>
/// <typeparam name="TRules">How clicks are counted; a structure, so that its calls are compiled in place.</typeparam>
internal sealed class ShardTable<TRecord, TReading, TRules>
    where TRecord : unmanaged, IKeyedRecord
    where TRules : struct, IShardRules<TRecord, TReading>
{
    private const int FormatVersion = 1;
    private readonly PartitionProgress _partitions;
    private readonly TRules _rules;

    public ShardTable(int capacity, TRules rules)
        : this(new KeyTable<TRecord>(capacity), rules, new PartitionProgress(TRules.Horizon))
    {
    }

    private ShardTable(KeyTable<TRecord> keys, TRules rules, PartitionProgress partitions) => (Keys, _rules, _partitions) = (keys, rules, partitions);

    public KeyTable<TRecord> Keys { get; }

    public long Bytes => Keys.Bytes + _rules.Bytes;

    public static ShardTable<TRecord, TReading, TRules> Load(ReadOnlySpan<byte> block, TRules rules)
    {
        var reader = new BlockReader(block, TRules.Kind, FormatVersion, TRules.Name);
        var partitions = new PartitionProgress(TRules.Horizon);
        var table = new ShardTable<TRecord, TReading, TRules>(ShardBlock.Read<TRecord>(ref reader, partitions), rules, partitions);
        rules.Load(ref reader, table.Keys.Records);
        reader.Finish();
        return table;
    }

    public long Sequence(int partition) => _partitions.Sequence(partition);

    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var length = ShardBlock.Length(Keys, _partitions) + _rules.SavedLength(Keys.Records);
        var writer = new BlockWriter(output, TRules.Kind, FormatVersion, length);
        ShardBlock.Write(writer, Keys, _partitions);
        _rules.Save(writer, Keys.Records);
        writer.Finish();
    }

    public bool TryRead(ulong key, out TReading reading)
    {
        reading = default!;
        ref var record = ref Keys.Find(key, KeyHash.Mix(key));
        if (Unsafe.IsNullRef(ref record) || record.Newest < _partitions.ReclaimBefore)
        {
            return false;
        }

        _rules.Read(ref record, ref reading);
        return true;
    }

    public void Apply(int partition, ReadOnlySpan<Click> clicks, ReadOnlySpan<int> rows, Span<TReading> readings)
    {
        if (readings.Length < rows.Length)
        {
            throw new ArgumentException($"{readings.Length} readings have no room for {rows.Length} clicks.", nameof(readings));
        }

        _partitions.Open(partition);
        Span<ulong> hashes = stackalloc ulong[Prefetch.Group];
        Span<int> slots = stackalloc int[Prefetch.Group];
        while (!rows.IsEmpty)
        {
            var group = rows[..Math.Min(Prefetch.Group, rows.Length)];
            rows = rows[group.Length..];
            for (var i = 0; i < group.Length; i++)
            {
                TRules.TryKey(clicks[group[i]], out var key);
                hashes[i] = KeyHash.Mix(key);
                Keys.PrefetchPlace(hashes[i]);
            }

            for (var i = 0; i < group.Length; i++)
            {
                slots[i] = Keys.PrefetchRecord(hashes[i]);
            }

            for (var i = 0; i < group.Length; i++)
            {
                if (slots[i] >= 0)
                {
                    _rules.Prefetch(Keys.Records[slots[i]]);
                }
            }

            for (var i = 0; i < group.Length; i++)
            {
                Apply(partition, clicks[group[i]], hashes[i], ref readings[i]);
            }

            readings = readings[group.Length..];
        }
    }

    private void Apply(int partition, in Click click, ulong hash, ref TReading reading)
    {
        var time = Math.Clamp(click.Time, 0, CounterTime.End);
        var counts = _partitions.Advance(partition, click.Sequence) && (click.Traits & ClickTraits.TooLate) == ClickTraits.None && CounterTime.Holds(click.Time);
        if (!TRules.TryKey(click, out var key))
        {
            // A click without a key still tells how far its partition is.
            if (counts)
            {
                _partitions.Count(partition, time);
            }

            reading = default!;
            return;
        }

        ref var record = ref Keys.Find(key, hash);
        var known = !Unsafe.IsNullRef(ref record) && time - record.Newest <= TRules.Horizon;
        var gap = known ? Math.Min(Math.Abs(time - record.Newest), TRules.Horizon) : TRules.Horizon;
        if (counts)
        {
            if (Unsafe.IsNullRef(ref record))
            {
                record = ref Keys.Add(key, hash, _partitions.ReclaimBefore);
            }

            _partitions.Count(partition, time);
            _rules.Count(ref record, !known, click, gap, ref reading);
        }
        else if (known && record.Newest >= _partitions.ReclaimBefore)
        {
            _rules.Read(ref record, click, gap, ref reading);
        }
        else
        {
            reading = default!;
        }
    }
}
