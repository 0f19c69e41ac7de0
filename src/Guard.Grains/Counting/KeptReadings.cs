namespace Guard.Grains.Counting;

/// <summary>
/// The readings of clicks whose decisions are not durable yet. A partition that starts again asks for them once more, and
/// gets what it got: a counter read later would include clicks that came after.
/// </summary>
/// <typeparam name="TReading">What is read of a click.</typeparam>
internal sealed class KeptReadings<TReading>
    where TReading : unmanaged
{
    private readonly List<(byte[] Clicks, byte[] Readings, int From)> _batches = [];

    /// <summary>Forgets what is decided.</summary>
    public void Forget(long decided) => _batches.RemoveAll(batch => RowBytes.Read<CountedClick>(batch.Clicks)[^1].Sequence <= decided);

    /// <summary>Keeps a call's clicks, ascending by number, and its reply, from a row on. Both are kept as they are, and must not change.</summary>
    public void Keep(byte[] clicks, byte[] readings, int from)
    {
        if (from < RowBytes.Read<CountedClick>(clicks).Length)
        {
            _batches.Add((clicks, readings, from));
        }
    }

    /// <summary>Gets what is kept, to be saved with the counters that have its clicks.</summary>
    public IEnumerable<KeptBatch> Save(int partition) =>
        _batches.Select(batch => new KeptBatch { Partition = partition, Clicks = batch.Clicks, Readings = batch.Readings, From = batch.From });

    /// <summary>Takes up what was saved, unless a build that lays rows out otherwise saved it: then its clicks are read as the counters stand.</summary>
    public void Restore(KeptBatch batch)
    {
        if (RowBytes.Holds<CountedClick>(batch.Clicks) && RowBytes.Holds<TReading>(batch.Readings))
        {
            _batches.Add((batch.Clicks, batch.Readings, batch.From));
        }
    }

    public bool TryFind(long sequence, out TReading reading)
    {
        foreach (var (clicks, readings, from) in _batches)
        {
            if (RowOf(sequence, RowBytes.Read<CountedClick>(clicks), from) is >= 0 and var row)
            {
                reading = RowBytes.Read<TReading>(readings)[row];
                return true;
            }
        }

        reading = default;
        return false;
    }

    private static int RowOf(long sequence, ReadOnlySpan<CountedClick> clicks, int from)
    {
        var (low, high) = (from, clicks.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (clicks[middle].Sequence == sequence)
            {
                return middle;
            }

            (low, high) = clicks[middle].Sequence < sequence ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
