using Guard.Core.Calibration;
using Guard.Core.Hosting;
using Guard.Pictures;

namespace Guard.Server.Console.Slices;

/// <summary>A slice's intervals gathered into columns of one length, without holes: what its charts draw.</summary>
public sealed class Course
{
    /// <summary>The most columns that a chart of clicks has.</summary>
    public const int ManyColumns = 120;

    private static readonly TimeSpan[] s_lengths =
        [.. new[] { 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    private readonly double[] _times;

    private Course(TimeSpan length, double[] times, TrafficTally[] tallies) => (Length, _times, Tallies) = (length, times, tallies);

    /// <summary>Gets the length of a column.</summary>
    public TimeSpan Length { get; }

    /// <summary>Gets what happened in each column, oldest first.</summary>
    public IReadOnlyList<TrafficTally> Tallies { get; }

    /// <summary>Gets whether there was no interval.</summary>
    public bool IsEmpty => Tallies.Count == 0;

    /// <summary>Gets the stretch of the newest column, which still grows; none where there is only one.</summary>
    public IReadOnlyList<Zone> Growing => _times.Length < 2 ? [] : [new Zone(_times[^2], _times[^1], "the newest column still grows", 7)];

    /// <summary>Gathers the intervals of a span that ends with the newest.</summary>
    /// <param name="intervals">The intervals, oldest first.</param>
    /// <param name="span">The span's length.</param>
    /// <param name="columns">The most columns to gather them in, or one more where they begin within one.</param>
    public static Course Of(IReadOnlyList<TrafficInterval> intervals, TimeSpan span, int columns = ManyColumns)
    {
        if (intervals.Count == 0)
        {
            return new Course(s_lengths[0], [], []);
        }

        var end = intervals[^1].Start + intervals[^1].Length;
        var shown = intervals.Where(interval => interval.Start >= end - span).ToArray();
        var least = shown.Max(interval => interval.Length);
        var wanted = (end - shown[0].Start) / columns;
        var length = s_lengths.FirstOrDefault(candidate => candidate >= least && candidate >= wanted, least > s_lengths[^1] ? least : s_lengths[^1]);
        var first = shown[0].Start.UtcTicks / length.Ticks;
        var tallies = new TrafficTally[(int)((end.UtcTicks - 1) / length.Ticks - first) + 1];
        foreach (var interval in shown)
        {
            tallies[(int)(interval.Start.UtcTicks / length.Ticks - first)] += interval.Tally;
        }

        double[] times = [.. tallies.Select((_, index) => (double)new DateTimeOffset((first + index) * length.Ticks, TimeSpan.Zero).ToUnixTimeMilliseconds())];
        return new Course(length, times, tallies);
    }

    /// <summary>Gets the clicks of each column, the invalid ones on the valid ones.</summary>
    public IReadOnlyList<Series> Clicks()
    {
        double[] none = [.. Tallies.Select(_ => 0.0)];
        double[] valid = [.. Tallies.Select(tally => (double)(tally.Clicks - tally.Invalid))];
        double[] all = [.. Tallies.Select(tally => (double)tally.Clicks)];
        return
        [
            new Series("valid", _times, valid) { Lower = none, Upper = valid, Told = valid, Colour = 2 },
            new Series("invalid", _times, all) { Lower = valid, Upper = all, Told = [.. Tallies.Select(tally => (double)tally.Invalid)], Colour = 1 },
        ];
    }

    /// <summary>Gets the invalidation rate of each column with its 95 % interval; a gap where there were no clicks.</summary>
    public IReadOnlyList<Series> Ivr() => [Rates("IVR", tally => tally.Ivr, 1)];

    /// <summary>Gets the false-positive rate of each column with its 95 % interval; a gap where there was no purchasing click.</summary>
    public IReadOnlyList<Series> Fpr() => [Rates("FPR", tally => tally.Fpr, 3)];

    /// <summary>Gets the mean score of each column.</summary>
    public IReadOnlyList<Series> MeanScore() => [new Series("mean score", _times, [.. Tallies.Select(tally => tally.MeanScore ?? double.NaN)]) { Colour = 0 }];

    private Series Rates(string name, Func<TrafficTally, Rate?> rate, int colour)
    {
        var rates = Tallies.Select(rate).ToArray();
        return new Series(name, _times, [.. rates.Select(item => item?.Value ?? double.NaN)])
        {
            Lower = [.. rates.Select(item => item?.Lower ?? double.NaN)],
            Upper = [.. rates.Select(item => item?.Upper ?? double.NaN)],
            Colour = colour,
        };
    }
}
