using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>
/// How human activity rises and falls in one marketplace: by hour of the local day, by weekday and on holidays. Activity
/// is a clock that runs faster in busy hours: on it, a day without a holiday is 1 long on average, and sessions are a
/// Poisson process of constant rate (time-rescaling).
/// </summary>
/// <remarks>
/// The hours are the UTC click counts per hour of the TalkingData sample (Kaggle 2018), read in China's time, UTC+8. The
/// weekdays are a choice of this simulator.
/// </remarks>
internal sealed class Rhythm
{
    private const long CellMilliseconds = 30 * 60 * 1000;
    private const int CellsPerDay = 48;
    private static readonly int[] s_utcCounts =
    [
        5654, 5103, 5137, 5264, 6039, 5400, 5079, 5089, 4576, 4867, 5511, 5342,
        5326, 5619, 5561, 4957, 3812, 2176, 1183, 870, 699, 864, 2002, 3870,
    ];

    private static readonly double[] s_weekdays = [1.06, 0.97, 0.95, 0.95, 0.97, 1.0, 1.1];
    private readonly double[] _cumulative;
    private readonly long _start;

    public Rhythm(Scenario scenario, int offsetMinutes)
    {
        _start = scenario.Start.ToUnixTimeMilliseconds();
        var cells = scenario.Days * CellsPerDay;
        _cumulative = new double[cells + 1];
        for (var i = 0; i < cells; i++)
        {
            var utc = scenario.Start.UtcDateTime.AddMinutes(30.0 * i);
            var local = utc.AddMinutes(offsetMinutes);
            var surge = OnHoliday(scenario, i / CellsPerDay) ? scenario.Holiday!.ClickFactor : 1;
            _cumulative[i + 1] = _cumulative[i] + HourShare(local.Hour) * Weekday(local.DayOfWeek) * surge / 2;
        }
    }

    /// <summary>The share of a day's activity in an hour of the local day.</summary>
    public static double HourShare(int localHour) => s_utcCounts[(localHour + 16) % 24] / (double)s_utcCounts.Sum();

    public static bool OnHoliday(Scenario scenario, int day) =>
        scenario.Holiday is { } holiday && day >= holiday.Day && day < holiday.Day + holiday.Days;

    /// <summary>What the clock of activity shows at a time within the scenario.</summary>
    public double Activity(long time)
    {
        var cell = (time - _start) / CellMilliseconds;
        var within = (time - _start) % CellMilliseconds / (double)CellMilliseconds;
        return cell >= _cumulative.Length - 1 ? _cumulative[^1] : _cumulative[cell] + within * (_cumulative[cell + 1] - _cumulative[cell]);
    }

    /// <summary>When the clock of activity shows a value; <see cref="long.MaxValue"/> after the scenario's end.</summary>
    public long Time(double activity)
    {
        if (activity >= _cumulative[^1])
        {
            return long.MaxValue;
        }

        var found = _cumulative.AsSpan().BinarySearch(activity);
        var cell = found >= 0 ? found : ~found - 1;
        var within = (activity - _cumulative[cell]) / (_cumulative[cell + 1] - _cumulative[cell]);
        return _start + cell * CellMilliseconds + (long)(within * CellMilliseconds);
    }

    private static double Weekday(DayOfWeek day) => s_weekdays[(int)day] * 7 / s_weekdays.Sum();
}
