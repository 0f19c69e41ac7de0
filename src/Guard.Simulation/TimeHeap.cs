namespace Guard.Simulation;

/// <summary>
/// A calendar of the future: a four-ary min-heap of times, each with an index into what its owner keeps. Equal times
/// come in the order of their indices, so that the order never depends on how the heap came about.
/// </summary>
internal sealed class TimeHeap(int capacity = 16)
{
    private (long Time, int Index)[] _items = new (long, int)[Math.Max(capacity, 4)];

    public int Count { get; private set; }

    /// <summary>The earliest time; <see cref="long.MaxValue"/> where there is none.</summary>
    public long NextTime => Count == 0 ? long.MaxValue : _items[0].Time;

    public int NextIndex => _items[0].Index;

    public void Add(long time, int index)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        var hole = Count++;
        while (hole > 0)
        {
            var parent = (hole - 1) / 4;
            if (Before(_items[parent], (time, index)))
            {
                break;
            }

            _items[hole] = _items[parent];
            hole = parent;
        }

        _items[hole] = (time, index);
    }

    public void RemoveNext()
    {
        var last = _items[--Count];
        if (Count > 0)
        {
            SinkFromTop(last);
        }
    }

    /// <summary>Gives the earliest entry a new time; <see cref="long.MaxValue"/> takes it out.</summary>
    public void Reschedule(long time)
    {
        if (time == long.MaxValue)
        {
            RemoveNext();
        }
        else
        {
            SinkFromTop((time, _items[0].Index));
        }
    }

    private static bool Before((long Time, int Index) left, (long Time, int Index) right) =>
        left.Time < right.Time || (left.Time == right.Time && left.Index < right.Index);

    private void SinkFromTop((long Time, int Index) item)
    {
        var hole = 0;
        while (true)
        {
            var first = hole * 4 + 1;
            if (first >= Count)
            {
                break;
            }

            var least = first;
            var end = Math.Min(first + 4, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (Before(_items[child], _items[least]))
                {
                    least = child;
                }
            }

            if (Before(item, _items[least]))
            {
                break;
            }

            _items[hole] = _items[least];
            hole = least;
        }

        _items[hole] = item;
    }
}
