using Guard.Core.Clicks;
using Guard.Core.Estimation.Detection;
using Guard.Core.Watching.Streams;

namespace Guard.Core.Tests.Watching.Streams;

public sealed class StreamRegistryTests
{
    [Fact]
    public void Every_stream_reads_as_its_own_detector_would()
    {
        var registry = new StreamRegistry();
        var detectors = Enumerable.Range(0, 3).Select(_ => new StreamDetector()).ToArray();
        var readings = detectors.Select(_ => new List<Reading>()).ToArray();
        foreach (var point in Spikes.Of(3, 1_000))
        {
            var stream = point.Stream[^1] - '0';
            Assert.Equal(StreamOutcome.Taken, registry.Take(point));
            readings[stream].Add(detectors[stream].Update(point.Time, [.. point.Values]));
        }

        Assert.Equal(["stream-0", "stream-1", "stream-2"], registry.List().Select(summary => summary.Stream));
        for (var stream = 0; stream < 3; stream++)
        {
            var view = registry.Find($"stream-{stream}")!;
            Assert.Equal(readings[stream][^512..], view.Readings.Select(reading => reading.Reading));
            Assert.Equal(readings[stream].Count(reading => reading.Alert == AlertPhase.Started), view.Alerts.Count);
            Assert.NotEmpty(view.Alerts);
            Assert.Equal((1_000, 1), (view.Summary.Rows, view.Summary.Dimension));
        }
    }

    [Fact]
    public void Alerts_are_numbered_over_all_streams_and_their_events_tell_each_start_and_end_once()
    {
        var registry = new StreamRegistry();
        foreach (var point in Spikes.Of(3, 1_000))
        {
            registry.Take(point);
        }

        var alerts = registry.Alerts(1_000);
        Assert.Equal(Enumerable.Range(1, alerts.Count).Reverse().Select(number => (long)number), alerts.Select(alert => alert.Number));
        Assert.Equal(alerts.Count, alerts.Select(alert => alert.Id).Distinct().Count());
        Assert.Equal(alerts.Take(2), registry.Alerts(2));
        var events = registry.EventsAfter(0, 1_000);
        Assert.Equal(Enumerable.Range(1, (int)registry.LastEvent).Select(number => (long)number), events.Select(one => one.Number));
        Assert.Equal(alerts.Count, events.Count(one => one.Phase == AlertPhase.Started));
        foreach (var one in events.Where(one => one.Phase == AlertPhase.Ended))
        {
            Assert.Equal(alerts.Single(alert => alert.Number == one.Alert.Number), one.Alert);
            Assert.NotNull(one.Alert.Alert.End);
            Assert.Contains(events, start => start.Number < one.Number && start.Phase == AlertPhase.Started && start.Alert.Id == one.Alert.Id);
        }

        Assert.Contains(events, one => one.Phase == AlertPhase.Ended);
        Assert.Equal(events.Skip(2).Take(3), registry.EventsAfter(2, 3));
        Assert.Empty(registry.EventsAfter(registry.LastEvent, 10));
        Assert.Empty(registry.EventsAfter(registry.LastEvent + 100, 10));
    }

    [Fact]
    public void The_same_readings_give_the_same_ids()
    {
        static string[] Ids(int seed)
        {
            var registry = new StreamRegistry();
            foreach (var point in Spikes.Of(2, 900, seed))
            {
                registry.Take(point);
            }

            return [.. registry.EventsAfter(0, 1_000).Select(one => one.Id)];
        }

        Assert.Equal(Ids(4), Ids(4));
        Assert.All(Ids(4), id => Assert.Matches("^[0-9a-f]{32}\\.(started|ended)$", id));
    }

    [Fact]
    public void Alerts_that_start_at_the_same_time_have_ids_of_their_own()
    {
        var registry = new StreamRegistry();
        foreach (var point in Spikes.Of(1, 1_300))
        {
            registry.Take(point with { Time = Spikes.Start });
        }

        var alerts = registry.Alerts(100);
        Assert.True(alerts.Count > 1);
        Assert.Equal(alerts.Count, alerts.Select(alert => alert.Id).Distinct().Count());
    }

    [Fact]
    public void An_open_alert_is_listed_as_it_stands_now()
    {
        var registry = new StreamRegistry();
        var time = Spikes.Start;
        void Feed(double value) => registry.Take(new TelemetryPoint("s", time += Spikes.Step, [value]));
        var random = new Random(1);
        for (var row = 0; row < 300; row++)
        {
            Feed(10 + random.NextDouble());
        }

        while (registry.Alerts(1).Count == 0)
        {
            Feed(20);
        }

        Feed(60);
        Assert.Equal(60, registry.Alerts(1)[0].Alert.Observed);
        Assert.Equal(60, registry.Find("s")!.Summary.Open!.Alert.Observed);
        Assert.Equal(20, registry.EventsAfter(0, 1)[0].Alert.Alert.Observed);
    }

    [Fact]
    public void Readings_out_of_order_or_of_another_dimension_are_left_out()
    {
        var registry = new StreamRegistry();
        Assert.Equal(StreamOutcome.Taken, registry.Take(new TelemetryPoint("s", 2_000, [1, 2])));
        Assert.Equal(StreamOutcome.OtherDimension, registry.Take(new TelemetryPoint("s", 3_000, [1])));
        Assert.Equal(StreamOutcome.OutOfOrder, registry.Take(new TelemetryPoint("s", 1_000, [1, 2])));
        Assert.Equal(StreamOutcome.Taken, registry.Take(new TelemetryPoint("s", 2_000, [double.NaN, 2])));
        Assert.Equal((2, 2), (registry.Taken, registry.LeftOut));
        Assert.Equal(2, registry.Find("s")!.Readings.Count);
        Assert.Null(registry.Find("t"));
    }

    [Fact]
    public void A_new_stream_takes_the_place_of_the_longest_idle_one_or_none()
    {
        var registry = new StreamRegistry(new StreamRegistryOptions { Streams = 2, IdleAfter = TimeSpan.FromHours(1) });
        StreamOutcome Feed(string stream, int minute) => registry.Take(new TelemetryPoint(stream, Spikes.Start + minute * 60_000L, [1]));
        Feed("a", 0);
        Feed("b", 10);
        Feed("a", 20);
        Assert.Equal(StreamOutcome.NoRoom, Feed("c", 69));
        Feed("a", 70);
        Assert.Equal(StreamOutcome.Taken, Feed("c", 70));
        Assert.Equal(["a", "c"], registry.List().Select(summary => summary.Stream));
        Assert.Equal(1, registry.LeftOut);
    }

    [Fact]
    public void A_stream_that_gives_way_ends_its_alert()
    {
        var registry = new StreamRegistry(new StreamRegistryOptions { Streams = 2, IdleAfter = TimeSpan.FromHours(1) });
        var last = 0L;
        foreach (var point in Spikes.Of(1, 402))
        {
            registry.Take(point);
            last = point.Time;
        }

        Assert.NotNull(registry.Find("stream-0")!.Summary.Open);
        registry.Take(new TelemetryPoint("b", last + 3_600_000, [1]));
        registry.Take(new TelemetryPoint("c", last + 3_600_000, [1]));
        Assert.Null(registry.Find("stream-0"));
        Assert.Equal(last, Assert.Single(registry.Alerts(10)).Alert.End);
        Assert.Equal(AlertPhase.Ended, registry.EventsAfter(1, 10)[0].Phase);
    }

    [Fact]
    public void Dimensions_and_bytes_of_readings_are_bounded()
    {
        var registry = new StreamRegistry(new StreamRegistryOptions { Dimensions = 10, ReadingBytes = 72 * (32 + 256) });
        Assert.Equal(StreamOutcome.NoRoom, registry.Take(new TelemetryPoint("wide", 1, new double[11])));
        for (var row = 0; row < 600; row++)
        {
            registry.Take(new TelemetryPoint("a", row, [row]));
            registry.Take(new TelemetryPoint("b", row, [row]));
        }

        Assert.Equal([128, 128], registry.List().Select(summary => registry.Find(summary.Stream)!.Readings.Count).ToArray());
        Assert.Equal(599, registry.Find("a")!.Readings[^1].Values[0]);
        Assert.Equal(472, registry.Find("a")!.Readings[0].Values[0]);
    }

    [Fact]
    public void Only_the_newest_alerts_are_kept()
    {
        var registry = new StreamRegistry(new StreamRegistryOptions { Alerts = 2 });
        foreach (var point in Spikes.Of(4, 1_500))
        {
            registry.Take(point);
        }

        var alerts = registry.Alerts(100);
        Assert.Equal(2, alerts.Count);
        Assert.True(alerts[0].Number > 4);
        Assert.Equal(4, registry.EventsAfter(0, 100).Count);
        Assert.Equal(registry.LastEvent, registry.EventsAfter(0, 100)[^1].Number);
    }

    [Fact]
    public void A_level_that_shifts_for_good_is_a_change_point()
    {
        var registry = new StreamRegistry();
        var random = new Random(3);
        for (var row = 0; row < 1_500; row++)
        {
            registry.Take(new TelemetryPoint("s", Spikes.Start + row * Spikes.Step, [(row < 900 ? 10 : 40) + random.NextDouble()]));
        }

        var change = Assert.Single(registry.Find("s")!.ChangePoints);
        Assert.InRange(change.ToUnixTimeMilliseconds(), Spikes.Start + 890 * Spikes.Step, Spikes.Start + 920 * Spikes.Step);
    }
}
