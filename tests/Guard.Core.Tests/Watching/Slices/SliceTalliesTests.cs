using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;
using static Guard.Core.Tests.Watching.Slices.SlicePlay;

namespace Guard.Core.Tests.Watching.Slices;

public sealed class SliceTalliesTests
{
    [Theory]
    [InlineData(1, 3 * Minute, 2 * Hour)]
    [InlineData(2, 20 * Minute, 5 * Day)]
    [InlineData(3, 7 * Hour, 30 * Hour)]
    public void Every_interval_has_the_sums_of_the_clicks_that_belong_to_it(int seed, long step, long lateness)
    {
        var clicks = Drawn(seed, 4_000, step, lateness);
        var tallies = new SliceTallies();
        Add(tallies, clicks);

        var newest = clicks.Max(item => item.Click.Time);
        Assert.Equal(newest, tallies.Newest);
        foreach (var name in (string[])["all", "mobile", "mobile/in", "mobile/in/FR", "desktop"])
        {
            var slice = Slice.Parse(name);
            var course = tallies.Course(slice, Thresholds)!;
            Assert.All(course.Intervals, interval => Assert.Equal(Expected(clicks, slice, interval.Start, interval.Length), Counts(interval.Tally)));
            var kept = clicks.Count(item => IsIn(item.Decision.Slice, slice) && item.Click.Time / Hour > newest / Hour - 169);
            Assert.Equal(kept, course.Intervals.Sum(interval => interval.Tally.Clicks));
            Assert.True(course.Intervals[0].Start.ToUnixTimeMilliseconds() > newest - 7 * Day - 2 * Hour);
            Assert.All(course.Intervals, interval => Assert.Equal(newest / Hour - interval.Start.ToUnixTimeMilliseconds() / Hour < 25 ? 5 : 60, interval.Length.TotalMinutes));
            Assert.Equal(course.Intervals.OrderBy(interval => interval.Start), course.Intervals);
        }
    }

    [Fact]
    public void A_click_older_than_the_week_is_in_no_interval_and_counted_apart()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 1, Phone, .5f, invalid: false);
        tallies.Add(Start - 169 * Hour, 2, Phone, .5f, invalid: false);
        tallies.Add(-1, 3, Phone, .5f, invalid: false);
        tallies.Add(long.MaxValue, 4, Phone, .5f, invalid: false);
        Assert.Equal(3, tallies.Uncounted);
        Assert.Equal(Start, tallies.Newest);
        Assert.Equal(1, tallies.Course(Slice.All, Thresholds)!.Intervals.Sum(interval => interval.Tally.Clicks));
    }

    [Fact]
    public void A_score_that_is_no_number_harms_no_sum()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 1, Phone, float.NaN, invalid: true);
        tallies.Add(Start, 2, Phone, .5f, invalid: false);
        Assert.Equal(.5, tallies.Slices(Thresholds)[0].LastDay.ScoreSum);
    }

    [Fact]
    public void Slices_come_each_before_its_parts_with_the_last_hour_and_day()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 1, Phone, .25f, invalid: false);
        tallies.Add(Start + 23 * Hour, 2, Desk, .75f, invalid: true);
        tallies.Add(Start + 23 * Hour + 59 * Minute, 3, Phone, .5f, invalid: false);
        var slices = tallies.Slices(Thresholds);
        Assert.Equal(["all", "desktop", "mobile", "desktop/out", "mobile/in", "desktop/out/US", "mobile/in/DE"], slices.Select(slice => slice.Slice.ToString()));
        Assert.Equal(new TrafficTally(3, 1, 1.5, 0, 0), slices[0].LastDay);
        Assert.Equal(new TrafficTally(2, 1, 1.25, 0, 0), slices[0].LastHour);
        Assert.Equal(new TrafficTally(2, 0, .75, 0, 0), slices[^1].LastDay);
        Assert.Equal(new TrafficTally(1, 0, .5, 0, 0), slices[^1].LastHour);
        Assert.Equal(Thresholds.ThresholdOf(Phone), slices[^1].Threshold);

        tallies.Add(Start + 24 * Hour + 5 * Minute, 4, Phone, .5f, invalid: false);
        Assert.Equal(3, tallies.Slices(Thresholds)[0].LastDay.Clicks);
    }

    [Fact]
    public void A_slice_without_a_click_in_the_week_is_forgotten()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 1, Desk, .5f, invalid: false);
        var memory = tallies.MemoryBytes;
        tallies.Add(Start + 8 * Day, 2, Phone, .5f, invalid: false);
        Assert.Null(tallies.Course(Desk, Thresholds));
        Assert.NotNull(tallies.Course(Phone, Thresholds));
        Assert.Equal(memory, tallies.MemoryBytes);
    }

    [Fact]
    public void The_curve_is_the_share_of_clicks_and_of_purchasing_clicks_at_or_above_each_threshold()
    {
        var clicks = Drawn(5, 3_000, 2 * Minute, Hour);
        var tallies = new SliceTallies();
        Add(tallies, clicks);
        var buyers = clicks.Where((_, row) => row % 7 == 0).ToArray();
        tallies.Add(buyers.Select(item => Purchase(item.Click.Id)).ToArray());
        var curve = tallies.Course(Slice.All, Thresholds)!.Curve;
        Assert.Equal(curve.OrderByDescending(point => point.Threshold), curve);
        Assert.All(curve, point =>
        {
            Assert.Equal(clicks.Count(item => item.Decision.Score >= point.Threshold) / 3_000.0, point.Ivr, 12);
            Assert.Equal(buyers.Count(item => item.Decision.Score >= point.Threshold) / (double)buyers.Length, point.Fpr, 12);
        });
        Assert.Equal((0, 1, 1), (curve[^1].Threshold, curve[^1].Ivr, curve[^1].Fpr));
    }

    [Fact]
    public void Scores_leave_the_curve_after_seven_days()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 1, Phone, .9f, invalid: true);
        tallies.Add(Start + 6 * Day, 2, Phone, .1f, invalid: false);
        Assert.Equal(.5, tallies.Course(Phone, Thresholds)!.Curve.First(point => point.Threshold <= .5).Ivr);
        tallies.Add(Start + 7 * Day, 3, Phone, .1f, invalid: false);
        var course = tallies.Course(Phone, Thresholds)!;
        Assert.Equal(0, course.Curve.First(point => point.Threshold <= .5).Ivr);
        Assert.True(double.IsNaN(course.Curve[0].Fpr));
    }

    [Fact]
    public void Clicks_in_the_steady_state_allocate_nothing()
    {
        var clicks = Drawn(9, 20_000, 20, 1);
        var rows = clicks.Select(item => item.Click).ToArray();
        var decisions = clicks.Select(item => item.Decision).ToArray();
        var tallies = new SliceTallies();
        tallies.Add(rows, decisions);
        Assert.Equal(0, Allocation.Least(_ => tallies.Add(rows, decisions)));
    }

    [Fact]
    public void A_slice_that_is_no_leaf_is_refused() =>
        Assert.Contains("mobile/in", Assert.Throws<ArgumentException>(() => new SliceTallies().Add(Start, 1, Phone.Parent, 0, invalid: false)).Message);

    private static (long Clicks, long Invalid, double ScoreSum) Expected((Click Click, Decision Decision)[] clicks, Slice slice, DateTimeOffset start, TimeSpan length)
    {
        var begin = start.ToUnixTimeMilliseconds();
        var inside = clicks.Where(item => item.Click.Time >= begin && item.Click.Time < begin + (long)length.TotalMilliseconds && IsIn(item.Decision.Slice, slice)).ToArray();
        return (inside.Length, inside.Count(item => item.Decision.Verdict != Verdict.Valid), Math.Round(inside.Sum(item => (double)item.Decision.Score), 6));
    }

    private static (long Clicks, long Invalid, double ScoreSum) Counts(TrafficTally tally) => (tally.Clicks, tally.Invalid, Math.Round(tally.ScoreSum, 6));

    private static bool IsIn(Slice part, Slice whole) => whole.Depth == 0 || part.ToString() == whole.ToString() || part.ToString().StartsWith($"{whole}/", StringComparison.Ordinal);
}
