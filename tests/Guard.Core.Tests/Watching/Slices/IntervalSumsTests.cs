using Guard.Core.Clicks;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;
using static Guard.Core.Tests.Watching.Slices.SlicePlay;

namespace Guard.Core.Tests.Watching.Slices;

public sealed class IntervalSumsTests
{
    private static readonly SliceMetricsOptions s_options = new() { ClicksADay = 200, RatePurchases = 5 };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Readings_of_sums_passed_on_by_partitions_are_those_of_one_host(int count)
    {
        var clicks = Drawn(7, 6_000, Minute / 2, 1);
        var (host, parts) = (new SliceTallies(), Enumerable.Range(0, count).Select(_ => new SliceTallies()).ToArray());
        var (metrics, merged) = (new SliceMetrics(s_options), new SliceMetrics(s_options));
        var clock = new IntervalClock(s_options.LateAllowance);
        List<TelemetryPoint> expected = [], readings = [];
        for (var row = 0; row < clicks.Length; row++)
        {
            var (click, decision) = clicks[row];
            foreach (var tallies in (SliceTallies[])[host, parts[row % count]])
            {
                tallies.Add([click], [decision]);
                tallies.Add(row % 5 == 0 ? [Purchase(click.Id)] : []);
            }

            metrics.Advance(host, click.Time, expected);
            clock = IntervalClock.Restore(Saved(clock.Save), s_options.LateAllowance);
            clock.Advance(host.Newest, click.Time);
            while (clock.TryClose(out var interval))
            {
                var sums = parts.Select(part => IntervalSums.FromBytes(IntervalSums.Of(part, interval).ToBytes())).ToArray();
                Array.ForEach(sums[1..], sums[0].Add);
                merged.Tell(sums[0], readings);
            }
        }

        Assert.Contains(expected, reading => reading.Stream == "guard.slice.mobile.in.DE.fpr");
        Assert.Equal(expected.Select(Text), readings.Select(Text));
    }

    [Fact]
    public void Sums_hold_each_slice_as_its_clicks_say_and_no_slice_without_any()
    {
        var clicks = Drawn(11, 4_000, Minute / 4, 1);
        var tallies = new SliceTallies();
        Add(tallies, clicks);
        var purchased = clicks.Index().Where(item => item.Index % 7 == 0).Select(item => item.Item).ToArray();
        tallies.Add([.. purchased.Select(item => Purchase(item.Click.Id))]);
        var interval = EventGrid.Interval(clicks[^1].Click.Time) - EventGrid.IntervalsInHour;
        interval -= (interval + 1) % EventGrid.IntervalsInHour;

        var sums = IntervalSums.FromBytes(IntervalSums.Of(tallies, interval).ToBytes());

        var slices = Enumerable.Range(0, Slice.Count).Select(Slice.FromCode).Where(slice => clicks.Any(item => IsIn(item.Decision.Slice, slice))).ToArray();
        Assert.Equal(slices.Select(slice => slice.Code), sums.Slices.ToArray().Select(slice => slice.Code));
        Assert.All(slices, slice =>
        {
            var own = clicks.Where(item => IsIn(item.Decision.Slice, slice)).ToArray();
            var now = own.Where(item => EventGrid.Interval(item.Click.Time) == interval).ToArray();
            var sum = sums.Of(slice.Code);
            Assert.Equal(now.Length, sum.Counts.Clicks);
            Assert.Equal(now.Count(item => item.Decision.Verdict != Verdict.Valid), sum.Counts.Invalid);
            Assert.Equal(now.Sum(item => (double)item.Decision.Score), sum.Counts.ScoreSum, 1e-9);
            Assert.Equal(own.Count(item => interval - EventGrid.Interval(item.Click.Time) is >= 0 and < 24 * EventGrid.IntervalsInHour), sum.DayClicks);
            Assert.Equal(purchased.Count(item => IsIn(item.Decision.Slice, slice)), sum.Matured.Purchased);
            Assert.Equal(purchased.Count(item => IsIn(item.Decision.Slice, slice) && item.Decision.Verdict != Verdict.Valid), sum.Matured.Invalid);
        });
    }

    [Fact]
    public void Sums_take_memory_for_the_slices_that_have_something_alone()
    {
        var clicks = Drawn(3, 500, Minute / 2, 1);
        var tallies = new SliceTallies();
        Add(tallies, clicks);
        var interval = EventGrid.Interval(clicks[^1].Click.Time) - 1;
        IntervalSums.Of(tallies, interval).ToBytes();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = IntervalSums.Of(tallies, interval).ToBytes();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 20_000, $"{allocated} bytes were allocated to sum {bytes.Length} bytes.");
    }

    [Fact]
    public void Sums_of_another_interval_are_refused()
    {
        var tallies = new SliceTallies();
        Assert.Throws<ArgumentException>(() => IntervalSums.Of(tallies, 1).Add(IntervalSums.Of(tallies, 2)));
    }

    private static bool IsIn(Slice leaf, Slice slice) => leaf == slice || slice == Slice.All || $"{leaf}".StartsWith($"{slice}/", StringComparison.Ordinal);

    private static (string, long, string) Text(TelemetryPoint point) => (point.Stream, point.Time, string.Join(' ', point.Values.Select(value => value.ToString("F9"))));
}
