using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

public sealed partial class SliceTallies
{
    private const int IntervalsInDay = 24 * EventGrid.IntervalsInHour;

    /// <summary>Gets every slice that had clicks in the last week, <c>all</c> first, each before its parts.</summary>
    /// <remarks>The last hour and day are the last 12 and 288 intervals of five minutes, the unfinished one among them.</remarks>
    /// <param name="thresholds">The thresholds in force.</param>
    public IReadOnlyList<SliceTraffic> Slices(ThresholdSet thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var sums = new (bool Any, TrafficTally Hour, TrafficTally Day)[Slice.Count];
        var last = EventGrid.Interval(Math.Max(0, Newest));
        foreach (var (leaf, tallies) in Leaves(Slice.All))
        {
            var hour = tallies.Sum(last - EventGrid.IntervalsInHour + 1, last);
            var day = hour + tallies.Sum(last - IntervalsInDay + 1, last - EventGrid.IntervalsInHour);
            for (var slice = leaf; ; slice = slice.Parent)
            {
                ref var sum = ref sums[slice.Code];
                sum = (true, sum.Hour + hour, sum.Day + day);
                if (slice.Depth == 0)
                {
                    break;
                }
            }
        }

        var slices = new List<SliceTraffic>();
        for (var code = 0; code < Slice.Count; code++)
        {
            if (sums[code].Any)
            {
                slices.Add(Traffic(Slice.FromCode(code), sums[code].Hour, sums[code].Day, thresholds));
            }
        }

        return slices;
    }

    /// <summary>Gets the course of a slice, or <see langword="null"/> where it had no click in the last week.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="thresholds">The thresholds in force.</param>
    public SliceCourse? Course(Slice slice, ThresholdSet thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var leaves = Leaves(slice).Select(static leaf => leaf.Tallies).ToArray();
        if (leaves.Length == 0)
        {
            return null;
        }

        var intervals = new List<TrafficInterval>();
        for (var hour = Math.Max(0, _hour - EventGrid.FineHours - EventGrid.CoarseHours + 1); hour <= _hour - EventGrid.FineHours; hour++)
        {
            AddInterval(intervals, hour * EventGrid.HourLength, EventGrid.HourLength, Sum(leaves, leaf => leaf.Hour(hour).Tally));
        }

        var first = Math.Max(0, _hour - EventGrid.FineHours + 1) * (long)EventGrid.IntervalsInHour;
        for (var interval = first; interval < first + EventGrid.FineSlots; interval++)
        {
            AddInterval(intervals, interval * EventGrid.IntervalLength, EventGrid.IntervalLength, Sum(leaves, leaf => leaf.Interval(interval).Tally));
        }

        var last = EventGrid.Interval(Newest);
        var lastHour = Sum(leaves, leaf => leaf.Sum(last - EventGrid.IntervalsInHour + 1, last));
        var lastDay = Sum(leaves, leaf => leaf.Sum(last - IntervalsInDay + 1, last));
        return new SliceCourse(Traffic(slice, lastHour, lastDay, thresholds), intervals, Curve(leaves));
    }

    /// <summary>Gets the purchasing clicks of a slice since the tallies began.</summary>
    internal MaturedCounts Matured(int code) => _matured[code];

    /// <summary>Adds the counts of every slice over intervals of the fine ring; those beyond the newest click's have none.</summary>
    internal void SumInto(Span<IntervalCounts> slices, long first, long last)
    {
        first = Math.Max(first, Math.Max(0, _hour - EventGrid.FineHours + 1) * (long)EventGrid.IntervalsInHour);
        last = Math.Min(last, EventGrid.Interval(Newest));
        for (var code = 0; code < Slice.Count; code++)
        {
            if (_leaves[code] is not { } leaf)
            {
                continue;
            }

            var sum = default(IntervalCounts);
            for (var interval = first; interval <= last; interval++)
            {
                sum.Add(leaf.Interval(interval));
            }

            for (var slice = Slice.FromCode(code); ; slice = slice.Parent)
            {
                slices[slice.Code].Add(sum);
                if (slice.Depth == 0)
                {
                    break;
                }
            }
        }
    }

    private static SliceTraffic Traffic(Slice slice, TrafficTally hour, TrafficTally day, ThresholdSet thresholds)
    {
        var threshold = thresholds.ThresholdOf(slice, out var source);
        return new SliceTraffic(slice, hour, day, threshold, source);
    }

    private static TrafficTally Sum(LeafTallies[] leaves, Func<LeafTallies, TrafficTally> part) =>
        leaves.Aggregate(default(TrafficTally), (sum, leaf) => sum + part(leaf));

    private static void AddInterval(List<TrafficInterval> intervals, long start, long length, TrafficTally tally)
    {
        if (tally.Clicks > 0)
        {
            intervals.Add(new TrafficInterval(DateTimeOffset.FromUnixTimeMilliseconds(start), TimeSpan.FromMilliseconds(length), tally));
        }
    }

    /// <summary>The shares at or above the lower edge of every bin, from the greatest threshold to the least.</summary>
    private static CurvePoint[] Curve(LeafTallies[] leaves)
    {
        Span<long> scores = stackalloc long[EventGrid.ScoreBins];
        Span<long> purchased = stackalloc long[EventGrid.ScoreBins];
        scores.Clear();
        purchased.Clear();
        foreach (var leaf in leaves)
        {
            leaf.SumScores(scores, purchased);
        }

        var (clicks, purchases) = (0L, 0L);
        foreach (var bin in scores)
        {
            clicks += bin;
        }

        foreach (var bin in purchased)
        {
            purchases += bin;
        }

        var points = new CurvePoint[clicks == 0 ? 0 : EventGrid.ScoreBins];
        var (above, purchasedAbove) = (0L, 0L);
        for (var place = 0; place < points.Length; place++)
        {
            var bin = EventGrid.ScoreBins - 1 - place;
            above += scores[bin];
            purchasedAbove += purchased[bin];
            points[place] = new CurvePoint(
                bin / (double)EventGrid.ScoreBins, above / (double)clicks, purchases == 0 ? double.NaN : purchasedAbove / (double)purchases);
        }

        return points;
    }

    /// <summary>The leaves of a slice that had clicks in the week, in the order of their codes.</summary>
    private IEnumerable<(Slice Slice, LeafTallies Tallies)> Leaves(Slice of)
    {
        for (var code = 0; code < Slice.Count; code++)
        {
            if (_leaves[code] is { } leaf && Slice.FromCode(code) is var slice && Contains(of, slice))
            {
                yield return (slice, leaf);
            }
        }
    }

    private static bool Contains(Slice whole, Slice part)
    {
        while (part.Depth > whole.Depth)
        {
            part = part.Parent;
        }

        return part == whole;
    }
}
