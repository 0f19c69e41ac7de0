using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;
using static Guard.Core.Tests.Watching.Slices.SlicePlay;

namespace Guard.Core.Tests.Watching.Slices;

public sealed class SliceMergeTests
{
    [Theory]
    [InlineData(1, 3 * Minute, 2 * Hour)]
    [InlineData(2, 20 * Minute, 5 * Day)]
    [InlineData(3, 7 * Hour, 30 * Hour)]
    public void Partitions_together_say_what_one_tally_of_all_their_clicks_says(int seed, long step, long lateness)
    {
        var clicks = Drawn(seed, 4_000, step, lateness);
        var whole = new SliceTallies();
        Add(whole, clicks);
        var parts = Split(clicks, 3);
        foreach (var bought in clicks.Where((_, row) => row % 7 == 0))
        {
            whole.Add([Purchase(bought.Click.Id)]);
            parts[(int)(bought.Click.Id % 3)].Add([Purchase(bought.Click.Id)]);
        }

        AssertSame(whole, parts);
    }

    [Fact]
    public void A_partition_that_fell_behind_adds_only_what_lies_within_the_week()
    {
        var (whole, ahead, behind) = (new SliceTallies(), new SliceTallies(), new SliceTallies());
        var old = Drawn(4, 2_000, 5 * Minute, Hour);
        var late = old.Select(item => (item.Click with { Time = item.Click.Time + 3 * Day }, item.Decision)).ToArray();
        Add(behind, old);
        Add(ahead, late);
        Add(whole, [.. old, .. late]);

        AssertSame(whole, [behind, ahead]);
    }

    [Fact]
    public void A_partition_without_a_click_in_the_week_adds_nothing()
    {
        var (ahead, behind) = (new SliceTallies(), new SliceTallies());
        behind.Add(Start, 1, Phone, .5f, invalid: true);
        ahead.Add(Start + 30 * Day, 2, Desk, .5f, invalid: false);

        AssertSame(ahead, [behind, ahead]);
    }

    [Fact]
    public void Sums_that_end_at_another_time_are_refused()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 1, Phone, .5f, invalid: true);

        Assert.Throws<ArgumentException>(() => tallies.SumCourse(Slice.All, Start)!.Add(tallies.SumCourse(Slice.All, Start + Hour)!));
    }

    private static SliceTallies[] Split((Click Click, Decision Decision)[] clicks, int count)
    {
        var parts = Enumerable.Range(0, count).Select(_ => new SliceTallies()).ToArray();
        for (var part = 0; part < count; part++)
        {
            Add(parts[part], [.. clicks.Where(item => (int)(item.Click.Id % (ulong)count) == part)]);
        }

        return parts;
    }

    private static void AssertSame(SliceTallies whole, SliceTallies[] parts)
    {
        var newest = parts.Max(part => part.Newest);
        Assert.Equal(whole.Newest, newest);
        var (expected, merged) = (whole.Slices(Thresholds), SliceMerge.Slices(parts.SelectMany(part => part.SumLeaves(newest)), Thresholds));
        Assert.Equal(expected.Select(Rounded), merged.Select(Rounded));
        foreach (var slice in expected.Select(traffic => traffic.Slice))
        {
            var sums = parts.Select(part => part.SumCourse(slice, newest)).OfType<CourseSums>().ToArray();
            var first = CourseSums.Of(newest, sums[0].Tallies, sums[0].Scores);
            Array.ForEach(sums[1..], first.Add);
            var (course, found) = (whole.Course(slice, Thresholds)!, first.ToCourse(slice, Thresholds));
            Assert.Equal(Rounded(course.Traffic), Rounded(found.Traffic));
            Assert.Equal(course.Intervals.Select(interval => (interval.Start, interval.Length, Rounded(interval.Tally))), found.Intervals.Select(interval => (interval.Start, interval.Length, Rounded(interval.Tally))));
            Assert.Equal(course.Curve, found.Curve);
        }
    }

    private static SliceTraffic Rounded(SliceTraffic traffic) => traffic with { LastHour = Rounded(traffic.LastHour), LastDay = Rounded(traffic.LastDay) };

    // Sums of scores depend on the order of adding in their last bits.
    private static TrafficTally Rounded(TrafficTally tally) => tally with { ScoreSum = Math.Round(tally.ScoreSum, 6) };
}
