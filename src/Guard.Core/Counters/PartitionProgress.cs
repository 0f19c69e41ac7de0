namespace Guard.Core.Counters;

/// <summary>What a shard knows of each partition: the last sequence number that it saw, and the greatest event time that it counted.</summary>
/// <param name="horizon">How long a key is remembered, in milliseconds.</param>
internal sealed class PartitionProgress(long horizon)
{
    /// <summary>Partition numbers lie in [0, this).</summary>
    public const int MostPartitions = 1 << 16;

    private long[] _sequences = [];
    private long[] _newest = [];
    private long _least = long.MinValue;

    /// <summary>Partitions that were never seen have this newest time.</summary>
    public const long Unseen = long.MinValue;

    public int Length => _sequences.Length;

    /// <summary>The newest times before this are beyond recall: no click that still counts can find them within the horizon.</summary>
    public long ReclaimBefore => _least == Unseen ? Unseen : _least - horizon - CounterTime.GreatestLateness;

    /// <summary>Makes room for a partition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside [0, <see cref="MostPartitions"/>).</exception>
    public void Open(int partition)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, MostPartitions);
        if (partition >= _sequences.Length)
        {
            var old = _sequences.Length;
            Array.Resize(ref _sequences, partition + 1);
            Array.Resize(ref _newest, partition + 1);
            _newest.AsSpan(old).Fill(Unseen);
        }
    }

    public long Sequence(int partition) => (uint)partition < (uint)_sequences.Length ? _sequences[partition] : 0;

    public long Newest(int partition) => _newest[partition];

    /// <summary>Notes a sequence number; false where it was seen before.</summary>
    public bool Advance(int partition, long sequence)
    {
        if (sequence <= _sequences[partition])
        {
            return false;
        }

        _sequences[partition] = sequence;
        return true;
    }

    /// <summary>Notes the event time of a click that counts.</summary>
    public void Count(int partition, long time)
    {
        var before = _newest[partition];
        if (time > before)
        {
            _newest[partition] = time;
            if (before == Unseen || before == _least)
            {
                _least = Least();
            }
        }
    }

    public void Restore(int partition, long sequence, long newest)
    {
        Open(partition);
        _sequences[partition] = sequence;
        _newest[partition] = newest;
        _least = Least();
    }

    private long Least()
    {
        var least = long.MaxValue;
        foreach (var newest in _newest)
        {
            if (newest != Unseen)
            {
                least = Math.Min(least, newest);
            }
        }

        return least == long.MaxValue ? Unseen : least;
    }
}
