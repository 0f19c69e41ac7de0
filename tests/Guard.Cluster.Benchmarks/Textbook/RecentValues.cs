using Guard.Core.Counters;

namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>Distinct values with the 10 s tile in which each was last seen, in an array; those older than a day give way before it grows.</summary>
internal struct RecentValues
{
    private (uint Value, int Tile)[]? _values;
    private int _count;

    public void Add(ulong value, int tile, in WindowStarts starts)
    {
        if (tile < starts.Day)
        {
            return;
        }

        var fingerprint = KeyHash.Fingerprint(value);
        foreach (ref var item in _values.AsSpan(0, _count))
        {
            if (item.Value == fingerprint)
            {
                item.Tile = Math.Max(tile, item.Tile);
                return;
            }
        }

        if (_values is null || _count == _values.Length)
        {
            MakeRoom(starts.Day);
        }

        _values![_count++] = (fingerprint, tile);
    }

    public readonly Windowed<float> Count(in WindowStarts starts)
    {
        var (minute, tenMinutes, hour, day) = (0, 0, 0, 0);
        foreach (var (_, tile) in _values.AsSpan(0, _count))
        {
            minute += tile >= starts.Minute ? 1 : 0;
            tenMinutes += tile >= starts.TenMinutes ? 1 : 0;
            hour += tile >= starts.Hour ? 1 : 0;
            day += tile >= starts.Day ? 1 : 0;
        }

        return new Windowed<float>(minute, tenMinutes, hour, day);
    }

    private void MakeRoom(int day)
    {
        var kept = 0;
        for (var index = 0; index < _count; index++)
        {
            if (_values![index].Tile >= day)
            {
                _values[kept++] = _values[index];
            }
        }

        _count = kept;
        if (_values is null || kept == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(1, kept * 2));
        }
    }
}
