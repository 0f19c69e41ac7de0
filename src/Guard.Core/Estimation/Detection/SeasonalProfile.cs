using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>
/// What the stream usually does at an hour of the day (UTC) and at that hour on that day of the week, with the range that each hour of the day
/// has seen. Values are relative to the stream's origin.
/// </summary>
internal struct SeasonalProfile
{
    public const int Hours = 24;
    public const int WeekCells = 7 * 12;
    private const long HourMilliseconds = 3_600_000;
    private const long EpochIsThursday = 4;

    private HourBuffer _day;
    private HourBuffer _high;
    private HourBuffer _low;
    private HourCounts _rows;
    private HourCounts _visits;
    private WeekBuffer _week;
    private int _openHour;

    /// <summary>Gets the hour of the day of a time in Unix milliseconds.</summary>
    public static int Hour(long time) => (int)Modulo(Math.DivRem(time, HourMilliseconds).Quotient - (time % HourMilliseconds < 0 ? 1 : 0), Hours);

    /// <summary>Gets the cell of the week, two hours long, of a time in Unix milliseconds.</summary>
    public static int WeekCell(long time)
    {
        var hours = Math.DivRem(time, HourMilliseconds).Quotient - (time % HourMilliseconds < 0 ? 1 : 0);
        return (int)Modulo(hours + (EpochIsThursday * Hours), 7 * Hours) / 2;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        this = default;
        _openHour = -1;
    }

    /// <summary>Returns the usual value at an hour of the day, or a fallback where the hour was never seen.</summary>
    public readonly double Day(int hour, double fallback) => _rows[hour] > 0 ? _day[hour] : fallback;

    /// <summary>Returns the usual value at a cell of the week, given the one of the day.</summary>
    public readonly double Week(int cell, double day) => day + _week[cell];

    /// <summary>Whether a value lies within what the hour, the one before or the one after has seen, on two earlier days at least.</summary>
    public readonly bool HasPrecedent(int hour, double value)
    {
        var before = hour == 0 ? Hours - 1 : hour - 1;
        var after = hour == Hours - 1 ? 0 : hour + 1;
        return _visits[hour] >= 2
            && value <= Math.Max(_high[hour], Math.Max(_high[before], _high[after]))
            && value >= Math.Min(_low[hour], Math.Min(_low[before], _low[after]));
    }

    /// <summary>Learns a value.</summary>
    /// <param name="hour">The hour of the day.</param>
    /// <param name="cell">The cell of the week.</param>
    /// <param name="value">The value.</param>
    /// <param name="limit">How far at most a value counts as lying from what is usual.</param>
    public void Learn(int hour, int cell, double value, double limit)
    {
        if (hour != _openHour)
        {
            _openHour = hour;
            _visits[hour] = (byte)Math.Min(_visits[hour] + 1, byte.MaxValue);
            if (_visits[hour] == 1)
            {
                _high[hour] = _low[hour] = (float)value;
            }
        }

        _high[hour] = Math.Max(_high[hour], (float)value);
        _low[hour] = Math.Min(_low[hour], (float)value);

        var deviation = _rows[hour] == 0 ? 0 : value - _day[hour];
        var rows = Math.Min(_rows[hour] + 1, Tuning.DayVisits);
        _rows[hour] = (byte)rows;
        _day[hour] = rows == 1 ? (float)value : (float)(_day[hour] + (Math.Clamp(deviation, -limit, limit) / rows));

        _week[cell] += (float)(Math.Clamp(deviation - _week[cell], -limit, limit) / Tuning.WeekVisits);
    }

    /// <summary>Moves the whole profile: the level changed and the rhythm stays.</summary>
    public void Shift(double by)
    {
        for (var hour = 0; hour < Hours; hour++)
        {
            _day[hour] += (float)by;
            _high[hour] += (float)by;
            _low[hour] += (float)by;
        }
    }

    private static long Modulo(long value, long divisor)
    {
        var remainder = value % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }

    [InlineArray(Hours)]
    private struct HourBuffer
    {
        private float _first;
    }

    [InlineArray(Hours)]
    private struct HourCounts
    {
        private byte _first;
    }

    [InlineArray(WeekCells)]
    private struct WeekBuffer
    {
        private float _first;
    }
}
