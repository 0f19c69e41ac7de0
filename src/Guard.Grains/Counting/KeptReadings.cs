namespace Guard.Grains.Counting;

/// <summary>
/// The readings of clicks whose decisions are not durable yet. A partition that starts again asks for them once more, and
/// gets what it got: a counter read later would include clicks that came after.
/// </summary>
/// <typeparam name="TReading">What is read of a click.</typeparam>
internal sealed class KeptReadings<TReading>
{
    private readonly List<(long[] Sequences, TReading[] Readings)> _batches = [];

    /// <summary>Forgets what is decided.</summary>
    public void Forget(long decided) => _batches.RemoveAll(batch => batch.Sequences[^1] <= decided);

    /// <summary>Keeps the readings of clicks, ascending by number, from a row on.</summary>
    public void Keep(ReadOnlySpan<CountedClick> clicks, ReadOnlySpan<TReading> readings, int from)
    {
        if (from < clicks.Length)
        {
            var sequences = new long[clicks.Length - from];
            for (var row = 0; row < sequences.Length; row++)
            {
                sequences[row] = clicks[from + row].Sequence;
            }

            _batches.Add((sequences, readings[from..].ToArray()));
        }
    }

    public bool TryFind(long sequence, out TReading reading)
    {
        foreach (var (sequences, readings) in _batches)
        {
            if (Array.BinarySearch(sequences, sequence) is >= 0 and var row)
            {
                reading = readings[row];
                return true;
            }
        }

        reading = default!;
        return false;
    }
}
