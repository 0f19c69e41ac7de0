using Guard.Core.Clicks;
using Guard.Core.Watching;

namespace Guard.Simulation.Tests.Watching;

public sealed class SliceAlertTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private static readonly Slice s_slice = Slice.Parse("mobile/in/US");
    private static readonly long s_afternoon = new DateTimeOffset(2026, 3, 12, 14, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Two_weeks_of_plain_rhythm_raise_hardly_an_alert(ulong seed)
    {
        var quiet = WatchedTraffic.Quiet(seed);
        var traffic = WatchedTraffic.Watch(quiet.Clicks.ToArray(), quiet.Purchases);
        TestContext.Current.TestOutputHelper!.WriteLine($"{traffic.Alerts.Count} alerts in {traffic.Streams.Taken} readings of {traffic.Streams.Count} streams");
        Assert.True(traffic.Streams.Count >= 40, "Some fifty streams are expected.");
        Assert.InRange(traffic.Alerts.Count, 0, 8);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_slice_that_robots_flood_raises_alerts_within_half_an_hour(ulong seed)
    {
        var quiet = WatchedTraffic.Quiet(seed);
        var flooded = quiet.Clicks.ToArray().SelectMany(click => !IsIn(click, Hour)
            ? [click]
            : (Click[])[click, .. Enumerable.Range(1, 5).Select(copy => click with { Id = click.Id ^ (ulong)copy })]);
        var real = quiet.Clicks.ToArray().Select(click => click.Id).ToHashSet();
        var traffic = WatchedTraffic.Watch(flooded, quiet.Purchases, click => !real.Contains(click.Id));
        foreach (var metric in (string[])[OwnStreams.Clicks, OwnStreams.Ivr])
        {
            var own = traffic.First(s_slice, metric, s_afternoon);
            var parent = traffic.First(s_slice.Parent, metric, s_afternoon);
            Assert.InRange(Math.Min(own?.Alert.Start ?? long.MaxValue, parent?.Alert.Start ?? long.MaxValue), s_afternoon, s_afternoon + 30 * Minute);
        }

        Assert.NotNull(traffic.First(s_slice, OwnStreams.Clicks, s_afternoon));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_slice_that_falls_silent_raises_an_alert_after_half_an_hour(ulong seed)
    {
        var quiet = WatchedTraffic.Quiet(seed);
        var traffic = WatchedTraffic.Watch(quiet.Clicks.ToArray().Where(click => !IsIn(click, 2 * Hour)), quiet.Purchases);
        var alert = traffic.First(s_slice, OwnStreams.Silence, s_afternoon);
        Assert.NotNull(alert);
        Assert.InRange(alert.Alert.Start, s_afternoon + 30 * Minute, s_afternoon + 40 * Minute);
    }

    [Fact]
    public void Traffic_that_stops_altogether_raises_an_alert_although_no_event_comes()
    {
        var quiet = WatchedTraffic.Quiet(11);
        var traffic = WatchedTraffic.Watch(quiet.Clicks.ToArray().Where(click => click.Time < s_afternoon), quiet.Purchases);
        Assert.Null(traffic.First(Slice.All, OwnStreams.Silence, s_afternoon));
        traffic.Wait(s_afternoon + 2 * Hour);
        Assert.InRange(traffic.First(Slice.All, OwnStreams.Silence, s_afternoon)!.Alert.Start, s_afternoon + 30 * Minute, s_afternoon + 40 * Minute);
    }

    private static bool IsIn(in Click click, long length) => Slice.Of(click) == s_slice && click.Time >= s_afternoon && click.Time < s_afternoon + length;
}
