using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Watching;
using Guard.Core.Watching.Slices;
using Guard.Core.Watching.Streams;
using Guard.Grains.Ingest;
using Guard.Grains.Watching;

namespace Guard.Grains.Tests.Watching;

public sealed class SliceMetricsGrainTests
{
    private const int BatchSize = 200;

    [Fact]
    public async Task Own_streams_are_those_of_one_engine_also_when_silos_are_killed()
    {
        await using var cluster = await GuardCluster.StartAsync(3);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(41, 8000);
        cluster.Hub.Append(messages);

        await cluster.DeliverAsync(messages[..3000], BatchSize);
        await PullAsync(cluster);
        await cluster.Partition.CommitAsync();
        await cluster.DeliverAsync(messages[3000..6000], BatchSize);
        await cluster.KillHostOfAsync(cluster.Grains.GetGrain<ISliceMetricsGrain>(ISliceMetricsGrain.Key));
        await cluster.DeliverAsync(messages[6000..], BatchSize);
        var readings = await PullAsync(cluster);

        var (expected, count) = await ExpectAsync(messages, policy);
        Assert.Equal(count, readings);
        var streams = (await cluster.Service<IStreams>().ListAsync(TestContext.Current.CancellationToken)).Where(stream => OwnStreams.IsOwn(stream.Stream) && stream.Stream != OwnStreams.Latency).ToArray();
        Assert.Contains(streams, stream => stream.Stream == OwnStreams.Of(Slice.All, OwnStreams.Ivr));
        Assert.Equal(expected.List().Select(stream => stream.Stream), streams.Select(stream => stream.Stream));
        foreach (var stream in streams)
        {
            var view = await cluster.Service<IStreams>().FindAsync(stream.Stream, TestContext.Current.CancellationToken);
            Assert.Equal(expected.Find(stream.Stream)!.Readings.Select(Text), view!.Readings.Select(Text));
        }

        var now = await cluster.Service<ITraffic>().NowAsync(TestContext.Current.CancellationToken);
        Assert.True(now.Telemetry >= readings);
    }

    [Fact]
    public void An_interval_waits_for_every_partition_but_not_for_one_that_is_an_hour_behind()
    {
        var metrics = new MergedMetrics(new SliceMetricsState(), new SliceMetricsOptions());
        metrics.Take("0", Told(1, 2, clicks: 3));
        metrics.Take("0", Told(1, 2, clicks: 3));
        metrics.Take("1", new PartitionIntervals(Begun: true, Next: 1, []));
        metrics.Take("2", new PartitionIntervals(Begun: false, Next: 0, []));
        Assert.False(metrics.Tell());

        metrics.Take("1", Told(1, 2, clicks: 4));
        Assert.True(metrics.Tell());
        Assert.Equal([7], Clicks(metrics));

        metrics.Take("0", Told(2, 2 + 12, clicks: 5));
        Assert.False(metrics.Tell());
        metrics.Take("0", new PartitionIntervals(Begun: true, Next: 3 + 12, []));
        Assert.True(metrics.Tell());
        Assert.Equal([7, 5], Clicks(metrics));

        // Late and told twice: neither is told of again.
        metrics.Take("1", Told(2, 3, clicks: 9));
        metrics.Take("0", Told(2, 3 + 12, clicks: 5));
        Assert.False(metrics.Tell());
        Assert.Equal([7, 5], Clicks(metrics));
    }

    private static IEnumerable<double> Clicks(MergedMetrics metrics) => metrics.State.Outbox[OwnStreams.Of(Slice.All, OwnStreams.Clicks)].Select(row => row.Values[0]);

    private static PartitionIntervals Told(long interval, long next, int clicks)
    {
        var tallies = new SliceTallies();
        for (var click = 0; click < clicks; click++)
        {
            tallies.Add(interval * 300_000 + click, (ulong)click + 1, Slice.Parse("mobile/in/DE"), .5f, invalid: false);
        }

        return new PartitionIntervals(Begun: true, next, [IntervalSums.Of(tallies, interval).ToBytes()]);
    }

    private static Task<long> PullAsync(GuardCluster cluster) => new Retries(TimeProvider.System, TimeSpan.FromMinutes(1)).RunAsync(
        () => cluster.Grains.GetGrain<ISliceMetricsGrain>(ISliceMetricsGrain.Key).PullAsync(), TestContext.Current.CancellationToken);

    private static async Task<(StreamRegistry Streams, int Readings)> ExpectAsync(HubMessage[] messages, Guard.Core.Pipeline.DecisionPolicy policy)
    {
        var (streams, readings) = (new StreamRegistry(), new List<TelemetryPoint>());
        var metrics = new SliceMetrics(WatchingOptions.MetricsOf(new ClusterOptions().Intake));
        await OneEngine.TakeAsync(messages, policy, BatchSize, (tallies, arrival) => metrics.Advance(tallies, arrival, readings));
        readings.ForEach(reading => streams.Take(reading));
        return (streams, readings.Count);
    }

    private static string Text(StreamReading reading) => $"{string.Join(' ', reading.Values)} {reading.Reading}";
}
