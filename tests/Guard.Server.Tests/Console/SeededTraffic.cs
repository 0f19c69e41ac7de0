using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Server.Tests.Console;

/// <summary>A week of tallies with the rhythm of days, a wave of robots in it, for every slice of the seeded leaves.</summary>
internal static class SeededTraffic
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    public static IReadOnlyDictionary<Slice, List<TrafficInterval>> Week(DateTimeOffset now)
    {
        var random = new Random(11);
        var week = new Dictionary<Slice, List<TrafficInterval>>();
        var end = now.UtcTicks / s_interval.Ticks;
        for (var index = end - 7 * 288; index <= end; index++)
        {
            var start = new DateTimeOffset(index * s_interval.Ticks, TimeSpan.Zero);
            var wave = start > now.AddHours(-9) && start < now.AddHours(-7.5);
            foreach (var (slice, tally) in Interval(random, 60 + 45 * Math.Sin((start.Hour + start.Minute / 60.0 - 9) / 24 * 2 * Math.PI), wave))
            {
                if (!week.TryGetValue(slice, out var intervals))
                {
                    week[slice] = intervals = [];
                }

                intervals.Add(new TrafficInterval(start, s_interval, tally));
            }
        }

        return week;
    }

    public static TrafficTally Sum(IEnumerable<TrafficInterval> intervals, DateTimeOffset from) =>
        intervals.Where(interval => interval.Start >= from).Aggregate(default(TrafficTally), (sum, interval) => sum + interval.Tally);

    public static IReadOnlyList<CurvePoint> Curve()
    {
        var points = new List<CurvePoint>();
        for (var step = 200; step >= 0; step--)
        {
            var threshold = step / 200.0;
            points.Add(new CurvePoint(threshold, .12 * Math.Pow(1 - threshold, .4) + .88 * Math.Pow(1 - threshold, 60), Math.Pow(1 - threshold, 65)));
        }

        return points;
    }

    private static Dictionary<Slice, TrafficTally> Interval(Random random, double mean, bool wave)
    {
        var tallies = new Dictionary<Slice, TrafficTally>();
        var clicks = (int)(mean * (.85 + .3 * random.NextDouble()) * (wave ? 1.4 : 1));
        for (var click = 0; click < clicks; click++)
        {
            var leaf = SeededPolicy.Leaf(random);
            var robot = random.NextDouble() < (wave ? .35 : .09) * (leaf.ToString().Contains("out", StringComparison.Ordinal) ? 1.6 : 1);
            var purchased = !robot && random.NextDouble() < .05;
            var invalid = robot ? random.NextDouble() < .85 : random.NextDouble() < .008;
            var tally = new TrafficTally(1, invalid ? 1 : 0, invalid ? .9 : .15 + .2 * random.NextDouble(), purchased ? 1 : 0, purchased && invalid ? 1 : 0);
            foreach (var slice in Path(leaf))
            {
                tallies[slice] = tallies.GetValueOrDefault(slice) + tally;
            }
        }

        return tallies;
    }

    public static IEnumerable<Slice> Path(Slice slice)
    {
        for (; slice.Depth > 0; slice = slice.Parent)
        {
            yield return slice;
        }

        yield return Slice.All;
    }
}
