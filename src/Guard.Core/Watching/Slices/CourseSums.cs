using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

/// <summary>The course of one slice as sums that can be added: those of all partitions of a host make the host's.</summary>
public sealed class CourseSums
{
    private const int IntervalsInDay = 24 * EventGrid.IntervalsInHour;
    private readonly TrafficTally[] _tallies;
    private readonly long[] _scores;

    internal CourseSums(long newest)
        : this(newest, new TrafficTally[EventGrid.CoarseHours + EventGrid.FineSlots], new long[2 * EventGrid.ScoreBins])
    {
    }

    private CourseSums(long newest, TrafficTally[] tallies, long[] scores) => (Newest, _tallies, _scores) = (newest, tallies, scores);

    /// <summary>Gets the event time, in Unix milliseconds, in whose hour the course ends.</summary>
    public long Newest { get; }

    /// <summary>Gets the hours of the week before the last day, oldest first, then the intervals of five minutes of the last 25 hours.</summary>
    public ReadOnlySpan<TrafficTally> Tallies => _tallies;

    /// <summary>Gets the histogram of scores over the last days, then that of purchasing clicks.</summary>
    public ReadOnlySpan<long> Scores => _scores;

    internal Span<TrafficTally> Hours => _tallies.AsSpan(0, EventGrid.CoarseHours);

    internal Span<TrafficTally> Intervals => _tallies.AsSpan(EventGrid.CoarseHours);

    internal Span<long> AllScores => _scores.AsSpan(0, EventGrid.ScoreBins);

    internal Span<long> PurchasedScores => _scores.AsSpan(EventGrid.ScoreBins);

    /// <summary>Gets the first hour of <see cref="Hours"/>; it may lie before 1970.</summary>
    internal int FirstHour => FirstFineHour - EventGrid.CoarseHours;

    /// <summary>Gets the hour in which <see cref="Intervals"/> begin.</summary>
    internal int FirstFineHour => EventGrid.Hour(Newest) - EventGrid.FineHours + 1;

    /// <summary>Makes sums of what <see cref="Tallies"/> and <see cref="Scores"/> gave elsewhere.</summary>
    /// <param name="newest">The event time at which the course ends.</param>
    /// <param name="tallies">The tallies.</param>
    /// <param name="scores">The histograms.</param>
    /// <exception cref="ArgumentException">They are not as many as a course has.</exception>
    public static CourseSums Of(long newest, ReadOnlySpan<TrafficTally> tallies, ReadOnlySpan<long> scores)
    {
        var sums = new CourseSums(newest, tallies.ToArray(), scores.ToArray());
        return tallies.Length == EventGrid.CoarseHours + EventGrid.FineSlots && scores.Length == 2 * EventGrid.ScoreBins
            ? sums
            : throw new ArgumentException($"A course has {EventGrid.CoarseHours + EventGrid.FineSlots} tallies and {2 * EventGrid.ScoreBins} counts of scores, and there are {tallies.Length} and {scores.Length}.", nameof(tallies));
    }

    /// <summary>Adds the sums of another partition.</summary>
    /// <exception cref="ArgumentException">They end at another time.</exception>
    public void Add(CourseSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Newest != Newest)
        {
            throw new ArgumentException($"Sums that end at {other.Newest} do not add to those that end at {Newest}: ask both for one time.", nameof(other));
        }

        for (var place = 0; place < _tallies.Length; place++)
        {
            _tallies[place] += other._tallies[place];
        }

        for (var bin = 0; bin < _scores.Length; bin++)
        {
            _scores[bin] += other._scores[bin];
        }
    }

    /// <summary>Gets the course as hosts show it.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="thresholds">The thresholds in force.</param>
    public SliceCourse ToCourse(Slice slice, ThresholdSet thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var intervals = new List<TrafficInterval>();
        for (var place = 0; place < Hours.Length; place++)
        {
            AddInterval(intervals, (FirstHour + place) * EventGrid.HourLength, EventGrid.HourLength, Hours[place]);
        }

        for (var place = 0; place < Intervals.Length; place++)
        {
            AddInterval(intervals, FirstFineHour * EventGrid.HourLength + place * EventGrid.IntervalLength, EventGrid.IntervalLength, Intervals[place]);
        }

        var last = (int)(EventGrid.Interval(Newest) - FirstFineHour * (long)EventGrid.IntervalsInHour);
        var traffic = SliceMerge.Traffic(slice, Sum(last, EventGrid.IntervalsInHour), Sum(last, IntervalsInDay), thresholds);
        return new SliceCourse(traffic, intervals, Curve());
    }

    private static void AddInterval(List<TrafficInterval> intervals, long start, long length, TrafficTally tally)
    {
        if (tally.Clicks > 0)
        {
            intervals.Add(new TrafficInterval(DateTimeOffset.FromUnixTimeMilliseconds(start), TimeSpan.FromMilliseconds(length), tally));
        }
    }

    private TrafficTally Sum(int last, int count)
    {
        var sum = default(TrafficTally);
        foreach (var tally in Intervals.Slice(last - count + 1, count))
        {
            sum += tally;
        }

        return sum;
    }

    /// <summary>The shares at or above the lower edge of every bin, from the greatest threshold to the least.</summary>
    private CurvePoint[] Curve()
    {
        var (clicks, purchases) = (0L, 0L);
        foreach (var bin in AllScores)
        {
            clicks += bin;
        }

        foreach (var bin in PurchasedScores)
        {
            purchases += bin;
        }

        var points = new CurvePoint[clicks == 0 ? 0 : EventGrid.ScoreBins];
        var (above, purchasedAbove) = (0L, 0L);
        for (var place = 0; place < points.Length; place++)
        {
            var bin = EventGrid.ScoreBins - 1 - place;
            above += AllScores[bin];
            purchasedAbove += PurchasedScores[bin];
            points[place] = new CurvePoint(
                bin / (double)EventGrid.ScoreBins, above / (double)clicks, purchases == 0 ? double.NaN : purchasedAbove / (double)purchases);
        }

        return points;
    }
}
