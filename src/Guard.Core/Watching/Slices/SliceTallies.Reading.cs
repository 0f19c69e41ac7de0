using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

public sealed partial class SliceTallies
{
    private const int IntervalsInDay = 24 * EventGrid.IntervalsInHour;
    private const int HoursInWeek = EventGrid.FineHours + EventGrid.CoarseHours;

    /// <summary>Gets every slice that had clicks in the last week, <c>all</c> first, each before its parts.</summary>
    /// <remarks>The last hour and day are the last 12 and 288 intervals of five minutes, the unfinished one among them.</remarks>
    /// <param name="thresholds">The thresholds in force.</param>
    public IReadOnlyList<SliceTraffic> Slices(ThresholdSet thresholds) => SliceMerge.Slices(SumLeaves(Newest), thresholds);

    /// <summary>Gets the course of a slice, or <see langword="null"/> where it had no click in the last week.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="thresholds">The thresholds in force.</param>
    public SliceCourse? Course(Slice slice, ThresholdSet thresholds) => SumCourse(slice, Newest)?.ToCourse(slice, thresholds);

    /// <summary>Gets the leaves that had clicks in the week before a moment, which may be later than <see cref="Newest"/>: that of another partition.</summary>
    /// <param name="newest">The moment, in Unix milliseconds of event time.</param>
    public IReadOnlyList<LeafSums> SumLeaves(long newest)
    {
        var last = EventGrid.Interval(Math.Max(0, newest));
        var sums = new List<LeafSums>();
        foreach (var (leaf, tallies) in Leaves(Slice.All, newest))
        {
            var hour = Sum(tallies, last - EventGrid.IntervalsInHour + 1, last);
            sums.Add(new LeafSums(leaf.Code, hour, hour + Sum(tallies, last - IntervalsInDay + 1, last - EventGrid.IntervalsInHour)));
        }

        return sums;
    }

    /// <summary>Gets the course of a slice up to a moment, or <see langword="null"/> where it had no click in the week before it.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="newest">The moment, as for <see cref="SumLeaves"/>; not before <see cref="Newest"/>.</param>
    public CourseSums? SumCourse(Slice slice, long newest)
    {
        var leaves = Leaves(slice, newest).Select(static leaf => leaf.Tallies).ToArray();
        if (leaves.Length == 0)
        {
            return null;
        }

        var sums = new CourseSums(newest);
        var firstDay = Math.Max(EventGrid.Day(newest), _day) - EventGrid.Days + 1;
        foreach (var leaf in leaves)
        {
            for (var place = 0; place < sums.Hours.Length; place++)
            {
                sums.Hours[place] += SumHour(leaf, sums.FirstHour + place);
            }

            var first = sums.FirstFineHour * (long)EventGrid.IntervalsInHour;
            for (var place = 0; place < sums.Intervals.Length; place++)
            {
                sums.Intervals[place] += Sum(leaf, first + place, first + place);
            }

            leaf.SumScores(sums.AllScores, sums.PurchasedScores, firstDay, _day);
        }

        return sums;
    }

    private long FirstFine => Math.Max(0, _hour - EventGrid.FineHours + 1) * (long)EventGrid.IntervalsInHour;

    /// <summary>Sums intervals of the fine ring; a place in it outside what it holds would be that of another day.</summary>
    private TrafficTally Sum(LeafTallies leaf, long first, long last) => leaf.Sum(Math.Max(first, FirstFine), Math.Min(last, EventGrid.Interval(Newest)));

    /// <summary>Sums an hour, which one ring or the other holds.</summary>
    private TrafficTally SumHour(LeafTallies leaf, int hour)
    {
        if (hour < 0 || hour > _hour || !IsKept(hour))
        {
            return default;
        }

        var first = hour * (long)EventGrid.IntervalsInHour;
        return _hour - hour < EventGrid.FineHours ? Sum(leaf, first, first + EventGrid.IntervalsInHour - 1) : leaf.Hour(hour).Tally;
    }

    /// <summary>The leaves of a slice that had clicks in the week before a moment, in the order of their codes.</summary>
    private IEnumerable<(Slice Slice, LeafTallies Tallies)> Leaves(Slice of, long newest)
    {
        var hour = EventGrid.Hour(Math.Max(0, newest));
        for (var code = 0; code < Slice.Count; code++)
        {
            if (_leaves[code] is { } leaf && hour - leaf.NewestHour < HoursInWeek && Slice.FromCode(code) is var slice && Contains(of, slice))
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
