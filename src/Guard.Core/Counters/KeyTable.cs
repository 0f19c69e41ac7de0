using System.Runtime.CompilerServices;

namespace Guard.Core.Counters;

/// <summary>
/// Records by key, at most <see cref="Capacity"/> of them. A new key takes the slot of one that is idle beyond recall if a
/// small sample at the clock hand holds one, else a new slot, else, at capacity, the slot of the least recently used of the
/// sample, which is counted.
/// </summary>
/// <typeparam name="TRecord">The record.</typeparam>
internal sealed class KeyTable<TRecord>
    where TRecord : unmanaged, IKeyedRecord
{
    private const int Sample = 8;
    private readonly KeyIndex<TRecord> _index;

    public KeyTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, KeyIndex<TRecord>.MostSlots);
        Capacity = capacity;
        _index = new KeyIndex<TRecord>(Records);
    }

    public int Capacity { get; }

    public RecordChunks<TRecord> Records { get; } = new();

    public int Hand { get; set; }

    public long ForcedEvictions { get; set; }

    public long Bytes => Records.Bytes + _index.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchPlace(ulong hash) => _index.PrefetchPlace(hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PrefetchRecord(ulong hash)
    {
        var slot = _index.Guess(hash);
        if (slot >= 0)
        {
            Prefetch.Record(ref Records[slot]);
        }

        return slot;
    }

    /// <summary>Finds the record of a key, or a null reference.</summary>
    public ref TRecord Find(ulong key, ulong hash)
    {
        var slot = _index.Find(key, hash);
        return ref slot < 0 ? ref Unsafe.NullRef<TRecord>() : ref Records[slot];
    }

    /// <summary>
    /// Gives a key that the table does not hold a record. Beyond the key, the record still holds what its slot held before:
    /// the caller releases that and clears it.
    /// </summary>
    public ref TRecord Add(ulong key, ulong hash, long reclaimBefore)
    {
        var slot = Victim(reclaimBefore);
        if (slot < 0)
        {
            slot = Records.Add();
        }
        else
        {
            _index.Remove(KeyHash.Mix(Records[slot].Key), slot);
        }

        ref var record = ref Records[slot];
        record.Key = key;
        _index.Add(hash, slot);
        return ref record;
    }

    /// <summary>Indexes the record of a slot that was filled by loading; false where its key is there already.</summary>
    public bool TryIndex(int slot)
    {
        var key = Records[slot].Key;
        var hash = KeyHash.Mix(key);
        if (_index.Find(key, hash) >= 0)
        {
            return false;
        }

        _index.Add(hash, slot);
        return true;
    }

    private int Victim(long reclaimBefore)
    {
        var count = Records.Count;
        var best = -1;
        var oldest = long.MaxValue;
        for (var i = 0; i < Sample && i < count; i++)
        {
            if (Records[Hand].Newest is var newest && newest < oldest)
            {
                oldest = newest;
                best = Hand;
            }

            Hand = Hand + 1 >= count ? 0 : Hand + 1;
        }

        if (best >= 0 && oldest < reclaimBefore)
        {
            return best;
        }

        if (count < Capacity)
        {
            return -1;
        }

        ForcedEvictions++;
        return best;
    }
}
