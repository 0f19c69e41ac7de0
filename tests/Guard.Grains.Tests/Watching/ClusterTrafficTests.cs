using System.Diagnostics.Metrics;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Grains.Ingest;
using Guard.Grains.Tests.Intake;
using Guard.Grains.Watching;

namespace Guard.Grains.Tests.Watching;

public sealed class ClusterTrafficTests
{
    [Fact]
    public async Task Before_the_first_event_there_is_nothing_to_see()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var traffic = cluster.Service<ITraffic>();
        await Assert.ThrowsAsync<BusyException>(async () => await traffic.PolicyAsync(TestContext.Current.CancellationToken));
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.Service<Guard.Grains.Scoring.PolicyCache>().GetAsync(TestContext.Current.CancellationToken);

        var now = await traffic.NowAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, null, 0, null), (now.Clicks, now.Newest, now.Latency.Count, now.SnapshotAge));
        Assert.Empty(await traffic.SlicesAsync(TestContext.Current.CancellationToken));
        Assert.Null(await traffic.CourseAsync(Slice.All, TestContext.Current.CancellationToken));
        Assert.Empty((await traffic.QuarantineAsync(10, TestContext.Current.CancellationToken)).Newest);
        Assert.Equal(policy.Thresholds.Version, (await traffic.PolicyAsync(TestContext.Current.CancellationToken)).Thresholds.Version);
    }

    [Fact]
    public async Task One_partition_tallies_what_one_engine_tallies_also_when_its_silo_is_killed()
    {
        await using var cluster = await GuardCluster.StartAsync(3);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(21, 5000);
        cluster.Hub.Append(messages);

        await cluster.DeliverAsync(messages[..2000], 250);
        await cluster.Partition.CommitAsync();
        await cluster.DeliverAsync(messages[2000..3000], 250);
        var load = cluster.DeliverAsync(messages[3000..], 100);
        await cluster.KillHostOfAsync(cluster.Grains.GetGrain<ITrafficGrain>("0"));
        await load;
        await cluster.Partition.CommitAsync();

        await AssertSameAsync(cluster, await OneEngine.TakeAsync(messages, policy), policy.Thresholds);
    }

    [Fact]
    public async Task Three_partitions_tally_together_what_engines_of_their_own_tally()
    {
        await using var cluster = await GuardCluster.StartAsync();
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var partitions = Enumerable.Range(0, 3).Select(partition => HubTraffic.Messages(30 + partition, 900 + partition * 400)).ToArray();

        await Task.WhenAll(partitions.Select((messages, partition) => cluster.DeliverAsync(messages, 200, partition)));

        var now = await cluster.Service<ITraffic>().NowAsync(TestContext.Current.CancellationToken);
        var engines = await Task.WhenAll(partitions.Select(messages => OneEngine.TakeAsync(messages, policy)));
        Assert.Equal(engines.Sum(engine => engine.Counts.Clicks), now.Clicks);
        Assert.Equal(engines.Max(engine => engine.Tallies.Newest), now.Newest!.Value.ToUnixTimeMilliseconds());
        var slices = await cluster.Service<ITraffic>().SlicesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(now.Clicks, slices[0].LastDay.Clicks);
        Assert.Equal(engines.Sum(engine => engine.Tallies.Slices(policy.Thresholds)[0].LastDay.Purchased), slices[0].LastDay.Purchased);
    }

    [Fact]
    public async Task A_purchase_that_names_its_user_finds_its_click_and_one_that_finds_none_is_counted()
    {
        await using var cluster = await GuardCluster.StartAsync(1, silo => silo.Configure<ClusterOptions>(options => options.HttpPartitions = 3));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        using var measured = new Measured(cluster.Service<IMeterFactory>());
        Assert.Equal([0], measured.Now("guard.purchases.unjoined"));
        await SendAsync(cluster, Enumerable.Range(0, 60).Select(index => HttpTraffic.Click($"c-{index}", $"u{index}")));

        await SendAsync(cluster, Enumerable.Range(0, 30).Select(index => HttpTraffic.Purchase($"c-{index}", $"u{index}")));
        Assert.Equal((30, 30, 0), await PurchasesAsync(cluster, measured));
        await SendAsync(cluster, Enumerable.Range(30, 30).Select(index => HttpTraffic.Purchase($"c-{index}", null)));

        var (taken, joined, unjoined) = await PurchasesAsync(cluster, measured);
        Assert.Equal((60, 60), (taken, joined + unjoined));
        Assert.InRange(unjoined, 1, 29);
    }

    [Fact]
    public async Task A_decision_counts_as_it_was_made_though_another_policy_is_in_force_when_it_is_replayed()
    {
        await using var cluster = await GuardCluster.StartAsync();
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(24, 1400);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages, 300);
        var traffic = cluster.Service<ITraffic>();
        var before = await traffic.NowAsync(TestContext.Current.CancellationToken);

        await TestPolicy.PublishAsync(cluster.Artifacts, seed: 2);
        await cluster.KillHostOfAsync(cluster.Partition);
        await cluster.DeliverAsync(messages, 100);

        var after = await cluster.Service<ITraffic>().NowAsync(TestContext.Current.CancellationToken);
        Assert.True(before.SophisticatedInvalid > 0);
        Assert.Equal(1400, (await cluster.Partition.StatusAsync()).Last + 1);
        Assert.Equal((before.Clicks, before.SophisticatedInvalid, before.Duplicates, before.Quarantined), (after.Clicks, after.SophisticatedInvalid, after.Duplicates, after.Quarantined));
        var slices = await cluster.Service<ITraffic>().SlicesAsync(TestContext.Current.CancellationToken);
        Assert.Equal((await OneEngine.TakeAsync(messages, policy)).Tallies.Slices(policy.Thresholds)[0].LastDay.Invalid, slices[0].LastDay.Invalid);
    }

    [Fact]
    public async Task Latency_and_rate_are_those_of_what_was_decided_of_late()
    {
        var time = new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds(HubTraffic.Messages(25, 400)[^1].EnqueuedTime + 250));
        await using var cluster = await GuardCluster.StartAsync(1, silo => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(silo.Services, time));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.DeliverAsync(HubTraffic.Messages(25, 400), 100);
        time.Now += TimeSpan.FromSeconds(1);

        var now = await cluster.Service<ITraffic>().NowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(now.Clicks, now.Latency.Count);
        Assert.Equal(now.Clicks / 10.0, now.ClicksPerSecond);
        Assert.InRange(now.Latency.P50, TimeSpan.FromMilliseconds(250), time.Now - DateTimeOffset.FromUnixTimeMilliseconds(HubTraffic.Messages(25, 400)[0].EnqueuedTime));
    }

    [Fact]
    public async Task Messages_are_decided_and_seen_whatever_time_the_hub_tells_of_them()
    {
        long[] times = [long.MaxValue, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), long.MinValue, 0];
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);

        foreach (var (partition, time) in times.Index())
        {
            await cluster.Grains.GetGrain<IIngestGrain>($"{partition}").DeliverAsync([.. HubTraffic.Messages(26, 60).Select(message => message with { EnqueuedTime = time })]);
        }

        var now = await cluster.Service<ITraffic>().NowAsync(TestContext.Current.CancellationToken);
        Assert.Equal(60 * times.Length, now.Clicks + now.Purchases + now.Telemetry + now.Duplicates + now.Quarantined);
        Assert.True(now.Clicks > 60);
        Assert.Equal((now.Clicks, TimeSpan.Zero), (now.Latency.Count, now.Latency.P50));
        Assert.NotEmpty((await cluster.Service<ITraffic>().QuarantineAsync(1000, TestContext.Current.CancellationToken)).Newest);
    }

    private static Task<Receipt> SendAsync(GuardCluster cluster, IEnumerable<string> events) =>
        HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), System.Text.Encoding.UTF8.GetBytes(string.Join('\n', events)));

    private static async Task<(long Taken, long Joined, long Unjoined)> PurchasesAsync(GuardCluster cluster, Measured measured)
    {
        // Receipts come before tallies; a committed position comes after them.
        for (var partition = 0; partition < 3; partition++)
        {
            await HttpTraffic.CommitAsync(cluster, partition);
        }

        var slices = await cluster.Service<ITraffic>().SlicesAsync(TestContext.Current.CancellationToken);
        var unjoined = Assert.Single(measured.Now("guard.purchases.unjoined"));
        var taken = measured.Now("guard.purchases")[0];
        return ((long)taken, slices[0].LastDay.Purchased, (long)unjoined);
    }

    private static async Task AssertSameAsync(GuardCluster cluster, OneEngine engine, ThresholdSet thresholds)
    {
        var traffic = cluster.Service<ITraffic>();
        var now = await traffic.NowAsync(TestContext.Current.CancellationToken);
        var counts = engine.Counts;
        Assert.Equal(
            (counts.Clicks, counts.Purchases, counts.Telemetry, counts.Duplicates, counts.Rejected),
            (now.Clicks, now.Purchases, now.Telemetry, now.Duplicates, now.Quarantined));
        var slices = engine.Tallies.Slices(thresholds);
        Assert.Equal(slices, await traffic.SlicesAsync(TestContext.Current.CancellationToken));
        foreach (var slice in slices.Select(slice => slice.Slice))
        {
            var (expected, course) = (engine.Tallies.Course(slice, thresholds)!, await traffic.CourseAsync(slice, TestContext.Current.CancellationToken));
            Assert.Equal(expected.Intervals, course!.Intervals);
            Assert.Equal(expected.Curve, course.Curve);
            Assert.Equal(expected.Traffic, course.Traffic);
        }

        var quarantine = await traffic.QuarantineAsync(1000, TestContext.Current.CancellationToken);
        Assert.Equal(engine.Reasons.CountBy(reason => reason).Select(pair => KeyValuePair.Create(pair.Key, (long)pair.Value)), quarantine.Counts);
        Assert.Equal(engine.Reasons.Count, quarantine.Newest.Count);
        Assert.Equal(quarantine.Newest.OrderByDescending(row => row.Arrived), quarantine.Newest);
        Assert.InRange(now.SnapshotAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.True(now is { Users: > 100, Entities: > 50 });
    }
}
