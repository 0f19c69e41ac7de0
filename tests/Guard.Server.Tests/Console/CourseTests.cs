using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Hosting;
using Guard.Server.Console.Slices;

namespace Guard.Server.Tests.Console;

public sealed class CourseTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static TrafficInterval Interval(int index, long clicks = 10, long invalid = 1) =>
        new(s_start.AddMinutes(5 * index), TimeSpan.FromMinutes(5), new TrafficTally(clicks, invalid, clicks * .25, clicks / 2, 0));

    [Fact]
    public void Columns_hold_every_click_of_the_span_whatever_is_left_out() =>
        Prop.ForAll(Gen.Choose(1, 2016).NonEmptyListOf().ToArbitrary(), indices =>
        {
            TrafficInterval[] intervals = [.. indices.Distinct().Order().Select(index => Interval(index))];
            var course = Course.Of(intervals, TimeSpan.FromDays(30));

            return course.Tallies.Sum(tally => tally.Clicks) == 10L * intervals.Length
                && course.Tallies.Count <= Course.ManyColumns + 1
                && course.Tallies[0].Clicks > 0 && course.Tallies[^1].Clicks > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_hole_is_a_column_without_clicks_and_without_a_rate()
    {
        var course = Course.Of([Interval(0), Interval(3)], TimeSpan.FromDays(1));

        Assert.Equal([10L, 0, 0, 10], course.Tallies.Select(tally => tally.Clicks));
        Assert.Equal([.1, double.NaN, double.NaN, .1], course.Ivr()[0].Y);
        Assert.Equal([10.0, 0, 0, 10], course.Clicks()[1].Y);
    }

    [Fact]
    public void A_span_ends_with_the_newest_interval()
    {
        var course = Course.Of([.. Enumerable.Range(0, 2016).Select(index => Interval(index))], TimeSpan.FromHours(6));

        Assert.Equal(72 * 10, course.Tallies.Sum(tally => tally.Clicks));
        Assert.Equal(TimeSpan.FromMinutes(5), course.Length);
    }

    [Fact]
    public void Without_intervals_a_course_is_empty() => Assert.True(Course.Of([], TimeSpan.FromDays(1)).IsEmpty);
}
