using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Watching;
using Guard.Core.Watching.Slices;
using static Guard.Core.Tests.Watching.Slices.SlicePlay;

namespace Guard.Core.Tests.Watching.Slices;

public sealed class SliceMetricsTests
{
    private readonly SliceTallies _tallies = new();
    private readonly List<TelemetryPoint> _readings = [];

    [Fact]
    public void An_interval_is_closed_when_the_allowance_has_passed_and_counts_what_came_late()
    {
        var metrics = new SliceMetrics();
        Send(metrics, Start, 1);
        Send(metrics, Start + 5 * Minute, 3);
        Send(metrics, Start + 20 * Minute - 1, 1);
        Assert.Empty(_readings);
        _tallies.Add(Start + 9 * Minute, 0, Phone, .5f, invalid: false);
        Send(metrics, Start + 20 * Minute, 1);
        Assert.Equal([(Start + 10 * Minute, 4.0)], Of(Slice.All, OwnStreams.Clicks));
    }

    [Fact]
    public void A_rate_waits_for_enough_clicks_and_a_missing_one_marks_an_interval_without()
    {
        var metrics = new SliceMetrics(new SliceMetricsOptions { RateClicks = 4 });
        Send(metrics, Start, 1);
        _tallies.Add(Start + 5 * Minute, 0, Phone, 1f, invalid: true);
        Send(metrics, Start + 6 * Minute, 1);
        Send(metrics, Start + 10 * Minute, 3);
        Send(metrics, Start + 20 * Minute, 4);
        Send(metrics, Start + 60 * Minute, 1);
        Assert.Equal([(Start + 15 * Minute, .2), (Start + 20 * Minute, double.NaN), (Start + 25 * Minute, 0)], Of(Slice.All, OwnStreams.Ivr)[..3]);
        Assert.Equal([(Start + 15 * Minute, .4), (Start + 20 * Minute, double.NaN), (Start + 25 * Minute, .25)], Of(Slice.All, OwnStreams.Score)[..3]);
        Assert.Equal([2, 3, 0, 4, 0], Of(Slice.All, OwnStreams.Clicks)[..5].Select(reading => reading.Value));
    }

    [Fact]
    public void Silence_is_told_from_half_an_hour_on()
    {
        var metrics = new SliceMetrics();
        Send(metrics, Start, 1);
        Send(metrics, Start + 5 * Minute, 1);
        Send(metrics, Start + 60 * Minute, 1);
        Assert.Equal([0, 0, 0, 0, 0, 0, 30, 35, 40], Of(Slice.All, OwnStreams.Silence).Select(reading => reading.Value));
    }

    [Fact]
    public void Event_time_goes_on_with_the_clock_when_nothing_comes()
    {
        var metrics = new SliceMetrics();
        Send(metrics, Start, 1, arrival: 1_000);
        Send(metrics, Start + 5 * Minute, 1, arrival: 2_000);
        metrics.Advance(_tallies, 2_000 + 14 * Minute, _readings);
        Assert.Empty(_readings);
        metrics.Advance(_tallies, 2_000 + 15 * Minute, _readings);
        Assert.Equal([1.0], Of(Slice.All, OwnStreams.Clicks).Select(reading => reading.Value));
        metrics.Advance(_tallies, 0, _readings);
        metrics.Advance(_tallies, 2_000 + 60 * Minute, _readings);
        Assert.Equal(10, Of(Slice.All, OwnStreams.Clicks).Count);
        Assert.All(Of(Slice.All, OwnStreams.Clicks)[1..], reading => Assert.Equal(0, reading.Value));
    }

    [Fact]
    public void Of_a_long_gap_only_the_last_half_day_is_told()
    {
        var metrics = new SliceMetrics();
        Send(metrics, Start, 1);
        Send(metrics, Start + 100 * Day, 1);
        Assert.Equal(144, Of(Slice.All, OwnStreams.Clicks).Count);
        Assert.Equal(Start + 100 * Day - 10 * Minute, Of(Slice.All, OwnStreams.Clicks)[^1].Time);
    }

    [Fact]
    public void A_slice_gets_streams_with_enough_clicks_and_loses_them_after_a_week_without()
    {
        var metrics = new SliceMetrics(new SliceMetricsOptions { ClicksADay = 20 });
        for (var step = 0L; step < 10; step++)
        {
            Send(metrics, Start + step * 6 * Minute, 2);
            _tallies.Add(Start + step * 6 * Minute, 0, Desk, .5f, invalid: false);
        }

        Send(metrics, Start + 80 * Minute, 1);
        Assert.Equal(4, metrics.Slices); // all, mobile, mobile/in, mobile/in/DE
        Send(metrics, Start + 90 * Minute, 1);
        Assert.NotEmpty(Of(Phone, OwnStreams.Clicks));
        Assert.Empty(Of(Desk, OwnStreams.Clicks));
        for (var hour = 0L; hour < 8 * 24; hour++)
        {
            _tallies.Add(Start + 2 * Hour + hour * Hour, 0, Desk, .5f, invalid: false);
            metrics.Advance(_tallies, Start + 2 * Hour + hour * Hour, _readings);
        }

        Assert.Equal(4, metrics.Slices); // all, desktop, desktop/out, desktop/out/US
        var last = Of(Phone, OwnStreams.Clicks)[^1];
        Assert.InRange(last.Time, Start + 7 * Day, Start + 7 * Day + 4 * Hour);
        Assert.Equal(0, last.Value);
    }

    [Fact]
    public void Where_more_slices_qualify_than_there_is_room_for_those_with_most_clicks_have_streams()
    {
        var metrics = new SliceMetrics(new SliceMetricsOptions { ClicksADay = 1, Slices = 4 });
        _tallies.Add(Start, 0, Desk, .5f, invalid: false);
        Send(metrics, Start, 5);
        Send(metrics, Start + 80 * Minute, 1);
        Send(metrics, Start + 90 * Minute, 1);
        Assert.NotEmpty(Of(Phone, OwnStreams.Clicks));
        Assert.Empty(Of(Desk, OwnStreams.Clicks));
    }

    [Fact]
    public void The_fpr_rests_on_the_purchases_that_came_in_since_its_last_reading()
    {
        var metrics = new SliceMetrics(new SliceMetricsOptions { RatePurchases = 4 });
        Send(metrics, Start, 1);
        for (var id = 1UL; id <= 12; id++)
        {
            _tallies.Add(Start + 5 * Minute, id, Phone, .5f, invalid: id is 3 or > 10);
        }

        _tallies.Add([Purchase(1), Purchase(2), Purchase(3)]);
        Send(metrics, Start + 20 * Minute, 1);
        Assert.Empty(Of(Slice.All, OwnStreams.Fpr));
        _tallies.Add([Purchase(4)]);
        Send(metrics, Start + 25 * Minute, 1);
        _tallies.Add([Purchase(9), Purchase(10), Purchase(11), Purchase(12)]);
        Send(metrics, Start + 30 * Minute, 1);
        Assert.Equal([.25, .5], Of(Slice.All, OwnStreams.Fpr).Select(reading => reading.Value));
    }

    [Fact]
    public void Restored_metrics_go_on_as_the_saved_ones()
    {
        var clicks = Drawn(8, 6_000, 15_000, 15 * Minute);
        var options = new SliceMetricsOptions { ClicksADay = 300 };
        var whole = new SliceMetrics(options);
        var cut = new SliceMetrics(options);
        var cutReadings = new List<TelemetryPoint>();
        foreach (var part in clicks.Chunk(17))
        {
            Add(_tallies, part);
            whole.Advance(_tallies, _tallies.Newest, _readings);
            var saved = Saved(cut.Save);
            cut = SliceMetrics.Restore(saved, options);
            Assert.Equal(saved, Saved(cut.Save));
            cut.Advance(_tallies, _tallies.Newest, cutReadings);
        }

        Assert.True(whole.Slices > 4);
        Assert.Equal(_readings.Select(Text), cutReadings.Select(Text));
        var state = Saved(whole.Save);
        for (var at = 0; at < state.Length; at++)
        {
            var broken = state.ToArray();
            broken[at] ^= 1;
            Assert.Throws<StateFormatException>(() => SliceMetrics.Restore(broken));
        }
    }

    private static string Text(TelemetryPoint reading) => $"{reading.Stream} {reading.Time} {reading.Values[0]:R}";

    private void Send(SliceMetrics metrics, long time, int count, long? arrival = null)
    {
        for (var click = 0; click < count; click++)
        {
            _tallies.Add(time, 0, Phone, .25f, invalid: false);
        }

        metrics.Advance(_tallies, arrival ?? time, _readings);
    }

    private List<(long Time, double Value)> Of(Slice slice, string metric) =>
        [.. _readings.Where(reading => reading.Stream == OwnStreams.Of(slice, metric)).Select(reading => (reading.Time, reading.Values[0]))];
}
