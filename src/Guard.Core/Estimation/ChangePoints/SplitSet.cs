namespace Guard.Core.Estimation;

/// <summary>The splits that a detector keeps, oldest first, each with a vector of numbers. Freed vectors are reused.</summary>
internal sealed class SplitSet(SplitGrid grid, int width)
{
    private readonly Stack<double[]> _free = new();
    private readonly List<(long Split, double[] Values)> _kept = [];

    public int Count => _kept.Count;

    public (long Split, double[] Values) this[int index] => _kept[index];

    public double[] Add(long split)
    {
        var values = _free.TryPop(out var reused) ? reused : new double[width];
        _kept.Add((split, values));
        return values;
    }

    /// <summary>Drops the splits that the grid no longer keeps once a number of samples have come since the restart.</summary>
    public void Thin(long samples)
    {
        var to = 0;
        for (var from = 0; from < _kept.Count; from++)
        {
            var (split, values) = _kept[from];
            if (grid.Keeps(split, samples - split))
            {
                _kept[to++] = (split, values);
            }
            else
            {
                _free.Push(values);
            }
        }

        _kept.RemoveRange(to, _kept.Count - to);
    }

    public void Clear()
    {
        foreach (var (_, values) in _kept)
        {
            _free.Push(values);
        }

        _kept.Clear();
    }

    public void Write(StateWriter writer)
    {
        writer.Int32(_kept.Count);
        foreach (var (split, values) in _kept)
        {
            writer.Int64(split);
            writer.Doubles(values);
        }
    }

    public void Read(ref StateReader reader, long samples)
    {
        var count = reader.Int32(0, int.MaxValue, "count of splits");
        var last = 0L;
        for (var i = 0; i < count; i++)
        {
            var split = reader.Count("split");
            if (split <= last || split > samples)
            {
                throw new InvalidDataException($"The saved split {split} follows {last} among {samples} samples; the state is damaged.");
            }

            last = split;
            reader.Doubles(Add(split));
        }
    }
}
