using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;
using Guard.Core.Watching.Streams;
using Guard.Grains.Estimating;
using Guard.Grains.Watching;

namespace Guard.Grains.Tests.Watching;

public sealed class ClusterStreamsTests
{
    [Fact]
    public async Task Streams_and_alerts_are_those_of_one_engine_also_when_silos_are_killed()
    {
        await using var cluster = await GuardCluster.StartAsync(4);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var points = SpikeTraffic.Points(streams: 3, rows: 1200);
        var messages = SpikeTraffic.Messages(points);
        cluster.Hub.Append(messages);
        var engine = new StreamRegistry();
        Array.ForEach(points, point => engine.Take(point));

        await cluster.DeliverAsync(messages[..1500], 100);
        await cluster.Partition.CommitAsync();
        await cluster.DeliverAsync(messages[1500..2400], 100);
        var load = cluster.DeliverAsync(messages[2400..], 50);
        await cluster.KillHostOfAsync(cluster.Grains.GetGrain<IStreamEstimatorGrain>("probe-1"));
        await load;
        await cluster.Partition.CommitAsync();
        await cluster.KillHostOfAsync(cluster.Grains.GetGrain<IAlertBookGrain>(IAlertBookGrain.Key));
        await TellAllAsync(cluster);

        var streams = cluster.Service<IStreams>();
        Assert.Equal(engine.List().Select(Text), (await streams.ListAsync(TestContext.Current.CancellationToken)).Select(Text));
        foreach (var name in engine.List().Select(summary => summary.Stream))
        {
            var (expected, view) = (engine.Find(name)!, await streams.FindAsync(name, TestContext.Current.CancellationToken));
            Assert.Equal(expected.Readings.Select(Text), view!.Readings.Select(Text));
            Assert.Equal(expected.Alerts.Select(Text), view.Alerts.Select(Text));
            Assert.Equal(expected.ChangePoints, view.ChangePoints);
            Assert.NotEmpty(view.Alerts);
        }

        await AssertBookAsync(cluster, engine);
    }

    [Fact]
    public async Task Who_waits_for_an_alert_learns_of_it_on_another_silo()
    {
        await using var cluster = await GuardCluster.StartAsync();
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var events = cluster.Silos.Silos.Select(silo => cluster.Silos.GetSiloServiceProvider(silo.SiloAddress)).Select(services => (IAlertEvents)services.GetService(typeof(IAlertEvents))!).ToArray();
        Assert.Equal(0, await events[0].LastAsync(TestContext.Current.CancellationToken));
        var waiting = events.Select(one => one.WaitAsync(0, TestContext.Current.CancellationToken).AsTask()).ToArray();

        await cluster.DeliverAsync(SpikeTraffic.Messages(SpikeTraffic.Points(1, 420)), 420);

        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var first = Assert.Single(await events[1].ReadAsync(0, 1, TestContext.Current.CancellationToken));
        Assert.Equal((1, AlertPhase.Started, 1, "probe-0"), (first.Number, first.Phase, first.Alert.Number, first.Alert.Stream));
        using var stop = new CancellationTokenSource();
        var never = events[0].WaitAsync(1_000, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
    }

    [Fact]
    public async Task A_stream_beyond_those_there_may_be_is_left_out_and_holds_up_nothing()
    {
        await using var cluster = await GuardCluster.StartAsync(1, silo => silo.Configure<ClusterOptions>(options => options.Watching.Streams = 2));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = SpikeTraffic.Messages(SpikeTraffic.Points(3, 50));

        await cluster.DeliverAsync(messages, 30);
        var status = await cluster.Partition.CommitAsync();

        Assert.Equal(149, status.Committed);
        var streams = cluster.Service<IStreams>();
        var listed = await streams.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([50, 50], listed.Select(stream => stream.Rows));
        Assert.Null(await streams.FindAsync(Enumerable.Range(0, 3).Select(stream => $"probe-{stream}").Except(listed.Select(stream => stream.Stream)).Single(), TestContext.Current.CancellationToken));
        Assert.Null(await streams.FindAsync("unheard-of", TestContext.Current.CancellationToken));
    }

    private static async Task TellAllAsync(GuardCluster cluster)
    {
        for (var stream = 0; stream < 3; stream++)
        {
            await new Retries(TimeProvider.System, TimeSpan.FromMinutes(1)).RunAsync(
                async () =>
                {
                    await cluster.Grains.GetGrain<IStreamEstimatorGrain>($"probe-{stream}").TellAsync();
                    return true;
                },
                TestContext.Current.CancellationToken);
        }
    }

    // Each start and end is there once, in the order of its stream, under numbers without gaps.
    private static async Task AssertBookAsync(GuardCluster cluster, StreamRegistry engine)
    {
        var events = await cluster.Service<IAlertEvents>().ReadAsync(0, 1000, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(one => one.Number));
        var expected = engine.EventsAfter(0, 1000);
        foreach (var stream in expected.GroupBy(one => one.Alert.Stream))
        {
            Assert.Equal(stream.Select(Text), events.Where(one => one.Alert.Stream == stream.Key).Select(Text));
        }

        Assert.Equal(expected.Count, events.Count);
        var alerts = await cluster.Service<IStreams>().AlertsAsync(1000, TestContext.Current.CancellationToken);
        Assert.Equal(engine.Alerts(1000).Select(Text).Order(StringComparer.Ordinal), alerts.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, alerts.Count).Reverse().Select(number => (long)number), alerts.Select(alert => alert.Number));
        var view = await cluster.Service<IStreams>().FindAsync("probe-1", TestContext.Current.CancellationToken);
        Assert.All(view!.Alerts, alert => Assert.Equal(alerts.Single(one => one.Id == alert.Id).Number, alert.Number));
    }

    private static string Text(StreamSummary summary) => $"{summary.Stream} {summary.Dimension} {summary.Rows} {Text(summary.Newest!)} {(summary.Open is null ? "" : Text(summary.Open))}";

    private static string Text(StreamReading reading) => $"{string.Join(' ', reading.Values)} {reading.Reading}";

    private static string Text(AlertEvent one) => $"{one.Id} {Text(one.Alert)}";

    private static string Text(StreamAlert alert) => $"{alert.Id} {alert.Stream} {alert.Alert with { Contributions = [] }} {string.Join(' ', alert.Alert.Contributions)}";
}
