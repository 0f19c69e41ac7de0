using System.Runtime.InteropServices;

namespace Guard.Core.Counters;

/// <summary>What a shard keeps of one user: 128 bytes, the key included.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UserRecord : IKeyedRecord
{
    private const double TenSeconds = -1.0 / 10_000;
    private const double TenMinutes = -1.0 / 600_000;
    private const double SixHours = -1.0 / 21_600_000;

    private ulong _key;
    private long _newestAndGaps;
    private Tiles.HourTiles _hours;
    private Tiles.FiveMinuteTiles _fiveMinutes;
    private Tiles.MinuteTiles _minutes;
    private Tiles.TenSecondTiles _tenSeconds;
    private Tiles.QuarterTiles _firstSessionTiles;
    private Tiles.QuarterTiles _secondSessionTiles;
    private uint _firstSession;
    private uint _secondSession;
    private float _rateTenSeconds;
    private float _rateTenMinutes;
    private float _rateSixHours;
    private float _gapMean;
    private float _gapVariance;

    public static ReadOnlySpan<int> Columns => [8, 8, 48, 12, 10, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4];

    /// <summary>The fingerprint of the session last used; 0 for none.</summary>
    public readonly uint LastSession => _firstSession;

    public ulong Key
    {
        readonly get => _key;
        set => _key = value;
    }

    public readonly long Newest => _newestAndGaps >> 8;

    private readonly byte Gaps => (byte)_newestAndGaps;

    /// <summary>The first click of a user.</summary>
    public void Start(long time)
    {
        this = new UserRecord { _key = _key, _newestAndGaps = time << 8, _rateTenSeconds = 1, _rateTenMinutes = 1, _rateSixHours = 1 };
        CountTiles((uint)Tiles.Of(time), (uint)Tiles.Of(time));
    }

    /// <summary>A further click, late or not.</summary>
    public void Count(long time)
    {
        var elapsed = time - Newest;
        if (elapsed >= 0)
        {
            Advance((uint)Tiles.Of(Newest), (uint)Tiles.Of(time));
            _rateTenSeconds = _rateTenSeconds * ElementaryFunctions.Exp2(elapsed * TenSeconds) + 1;
            _rateTenMinutes = _rateTenMinutes * ElementaryFunctions.Exp2(elapsed * TenMinutes) + 1;
            _rateSixHours = _rateSixHours * ElementaryFunctions.Exp2(elapsed * SixHours) + 1;
            MeasureGap(elapsed, time);
        }
        else
        {
            _rateTenSeconds += ElementaryFunctions.Exp2(-elapsed * TenSeconds);
            _rateTenMinutes += ElementaryFunctions.Exp2(-elapsed * TenMinutes);
            _rateSixHours += ElementaryFunctions.Exp2(-elapsed * SixHours);
        }

        CountTiles((uint)Tiles.Of(time), (uint)Tiles.Of(Newest));
    }

    /// <summary>Counts the click's session and makes it the first of the two.</summary>
    public void CountSession(uint session, long time)
    {
        if (session != _firstSession)
        {
            var tiles = session == _secondSession ? _secondSessionTiles : default;
            (_secondSession, _secondSessionTiles) = (_firstSession, _firstSessionTiles);
            (_firstSession, _firstSessionTiles) = (session, tiles);
        }

        Tiles.Count(_firstSessionTiles, (uint)Tiles.Of(time) / Tiles.PerQuarter, (uint)Tiles.Of(Newest) / Tiles.PerQuarter);
    }

    /// <summary>The counters as they stand.</summary>
    /// <param name="gap">The gap of the click that asks.</param>
    /// <param name="session">The fingerprint of its session; 0 for none.</param>
    /// <param name="counters">Written in place.</param>
    public readonly void Read(long gap, uint session, ref UserCounters counters)
    {
        counters.Clicks = new Windowed<int>(Tiles.Sum(_tenSeconds), Tiles.Sum(_minutes), Tiles.Sum(_fiveMinutes), Tiles.Sum(_hours));
        counters.RateTenSeconds = _rateTenSeconds;
        counters.RateTenMinutes = _rateTenMinutes;
        counters.RateSixHours = _rateSixHours;
        counters.Gap = gap;
        counters.Gaps = Gaps;
        counters.GapMean = _gapMean;
        counters.GapVariance = _gapVariance;
        counters.ActiveHours = Tiles.Active(_hours);
        counters.SessionClicks = session == 0 ? 0
            : session == _firstSession ? Tiles.Sum(_firstSessionTiles)
            : session == _secondSession ? Tiles.Sum(_secondSessionTiles) : 0;
    }

    private void MeasureGap(long gap, long time)
    {
        var gaps = Math.Min(Gaps + 1, byte.MaxValue);
        var weight = Math.Max(1f / gaps, 1f / 16);
        var deviation = ElementaryFunctions.Ln(1.0 + gap) - _gapMean;
        _gapMean += weight * deviation;
        _gapVariance = (1 - weight) * (_gapVariance + weight * deviation * deviation);
        _newestAndGaps = (time << 8) | (uint)gaps;
    }

    private void Advance(uint from, uint to)
    {
        if (from == to)
        {
            return;
        }

        Tiles.Advance<byte>(_tenSeconds, from, to);
        Tiles.Advance<byte>(_minutes, from / Tiles.PerMinute, to / Tiles.PerMinute);
        Tiles.Advance<byte>(_fiveMinutes, from / Tiles.PerFiveMinutes, to / Tiles.PerFiveMinutes);
        Tiles.Advance<byte>(_firstSessionTiles, from / Tiles.PerQuarter, to / Tiles.PerQuarter);
        Tiles.Advance<byte>(_secondSessionTiles, from / Tiles.PerQuarter, to / Tiles.PerQuarter);
        Tiles.Advance<ushort>(_hours, from / Tiles.PerHour, to / Tiles.PerHour);
    }

    private void CountTiles(uint tile, uint newest)
    {
        Tiles.Count(_tenSeconds, tile, newest);
        Tiles.Count(_minutes, tile / Tiles.PerMinute, newest / Tiles.PerMinute);
        Tiles.Count(_fiveMinutes, tile / Tiles.PerFiveMinutes, newest / Tiles.PerFiveMinutes);
        Tiles.Count(_hours, tile / Tiles.PerHour, newest / Tiles.PerHour);
    }
}
