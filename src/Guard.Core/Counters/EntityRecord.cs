using System.Runtime.InteropServices;

namespace Guard.Core.Counters;

/// <summary>What a shard keeps of one entity beside its slabs and sketches: 112 bytes, the key included. Its day is a ring of two-hour tiles, for room.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EntityRecord : IKeyedRecord
{
    private ulong _key;
    private long _newest;
    private Tiles.TwelveWideTiles _twoHours;
    private Tiles.TwelveWideTiles _fiveMinutes;
    private Tiles.MinuteTiles _minutes;
    private Tiles.TenSecondTiles _tenSeconds;
    private double _rateWeek;

    public DistinctField Users;
    public DistinctField Sessions;
    public DistinctField UserAgents;

    public static ReadOnlySpan<int> Columns => [8, 8, 24, 24, 10, 6, 8];

    public ulong Key
    {
        readonly get => _key;
        set => _key = value;
    }

    public readonly long Newest => _newest;

    public readonly double RateWeek => _rateWeek;

    public readonly Windowed<int> Clicks =>
        new(Tiles.Sum(_tenSeconds), Tiles.Sum(_minutes), Tiles.Sum(_fiveMinutes), Tiles.Sum(_twoHours));

    /// <summary>The first click of an entity; its distinct fields must have been released.</summary>
    public void Start(long time)
    {
        this = new EntityRecord { _key = _key, _newest = time, _rateWeek = 1 };
        CountTiles((uint)Tiles.Of(time), (uint)Tiles.Of(time));
    }

    /// <summary>A further click, late or not.</summary>
    public void Count(long time)
    {
        _rateWeek = DecayedRate.After(_rateWeek, time - _newest, DecayedRate.Week);
        if (time > _newest)
        {
            Advance((uint)Tiles.Of(_newest), (uint)Tiles.Of(time));
            _newest = time;
        }

        CountTiles((uint)Tiles.Of(time), (uint)Tiles.Of(_newest));
    }

    private void Advance(uint from, uint to)
    {
        if (from == to)
        {
            return;
        }

        Tiles.Advance<byte>(_tenSeconds, from, to);
        Tiles.Advance<byte>(_minutes, from / Tiles.PerMinute, to / Tiles.PerMinute);
        Tiles.Advance<ushort>(_fiveMinutes, from / Tiles.PerFiveMinutes, to / Tiles.PerFiveMinutes);
        Tiles.Advance<ushort>(_twoHours, from / Tiles.PerTwoHours, to / Tiles.PerTwoHours);
    }

    private void CountTiles(uint tile, uint newest)
    {
        Tiles.Count(_tenSeconds, tile, newest);
        Tiles.Count(_minutes, tile / Tiles.PerMinute, newest / Tiles.PerMinute);
        Tiles.Count(_fiveMinutes, tile / Tiles.PerFiveMinutes, newest / Tiles.PerFiveMinutes);
        Tiles.Count(_twoHours, tile / Tiles.PerTwoHours, newest / Tiles.PerTwoHours);
    }
}
