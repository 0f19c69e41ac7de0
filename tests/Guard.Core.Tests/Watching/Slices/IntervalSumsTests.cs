using Guard.Core.Clicks;
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
    public void Sums_of_another_interval_are_refused()
    {
        var tallies = new SliceTallies();
        Assert.Throws<ArgumentException>(() => IntervalSums.Of(tallies, 1).Add(IntervalSums.Of(tallies, 2)));
    }

    private static (string, long, string) Text(TelemetryPoint point) => (point.Stream, point.Time, string.Join(' ', point.Values.Select(value => value.ToString("F9"))));
}
