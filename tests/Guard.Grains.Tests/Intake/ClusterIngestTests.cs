using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Lifecycle;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Intake;

public sealed class ClusterIngestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_silos_decide_what_comes_over_http_as_the_local_engine_does_byte_for_byte()
    {
        await using var cluster = await GuardCluster.StartAsync();
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(21, 3000);
        var receipts = new List<Receipt>();
        foreach (var (index, body) in HttpTraffic.Bodies(messages, 75).Index())
        {
            receipts.Add(await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster, index % 2), body));
        }

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 777), await HttpTraffic.DecisionsAsync(cluster));
        Assert.Equal(3000, receipts.Sum(receipt => receipt.Accepted + receipt.Duplicates + receipt.Quarantined));
        Assert.Equal(messages.Count(message => message.Body.AsSpan().EndsWith("broken"u8)), receipts.Sum(receipt => receipt.Quarantined));
    }

    [Fact]
    public async Task A_receipt_tells_what_became_of_each_event_and_where_a_broken_one_stands()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var body = Encoding.UTF8.GetBytes($"{HttpTraffic.Click("a")}\n{{\"broken\"\n\n{HttpTraffic.Click("b")}\n{HttpTraffic.Click("a")}\n{HttpTraffic.Click("c").Replace("1.0", "9.9")}\n");

        var receipt = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), body);
        var again = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), body);

        Assert.Equal((2, 1, 2), (receipt.Accepted, receipt.Duplicates, receipt.Quarantined));
        Assert.Equal([(1, 2, RejectReason.Malformed), (4, 6, RejectReason.UnsupportedVersion)], receipt.Rejections.Select(rejection => (rejection.Index, rejection.Line, rejection.Reason)));
        Assert.Equal((0, 3, 2), (again.Accepted, again.Duplicates, again.Quarantined));
    }

    [Fact]
    public async Task A_click_is_scored_as_the_segment_keeps_it()
    {
        await using var cluster = await GuardCluster.StartAsync();
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), Encoding.UTF8.GetBytes(HttpTraffic.Click("a")));

        var scored = await HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster, 1), HttpTraffic.Click("b"));
        var again = await HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster), HttpTraffic.Click("b"));

        Assert.False(scored.Duplicate);
        Assert.Equal(("b", "/ads/click/eu1", "k1"), (scored.Decision!.ClickId, scored.Decision.Source, scored.Decision.CampaignId));
        using var writer = new Core.Pipeline.DecisionEventWriter();
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        writer.Write(json, scored.Decision);
        Assert.EndsWith(Encoding.UTF8.GetString(json.WrittenSpan) + "\n", await HttpTraffic.DecisionsAsync(cluster));
        Assert.True(again.Duplicate);
        Assert.Null(again.Rejection);
    }

    [Theory]
    [InlineData("{\"broken\"", RejectReason.Malformed)]
    [InlineData("telemetry", RejectReason.UnknownType)]
    public async Task What_is_no_click_gets_no_score_and_goes_to_quarantine(string body, RejectReason reason)
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var json = body == "telemetry" ? """{"specversion":"1.0","id":"t","source":"/m","type":"guard.telemetry.v1","time":"2026-01-01T00:00:00Z","data":{"stream":"s","values":[1]}}""" : body;
        await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), Encoding.UTF8.GetBytes(HttpTraffic.Click("a")));

        var scored = await HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster), json);

        Assert.Equal(reason, scored.Rejection?.Reason);
        Assert.Null(scored.Decision);
        Assert.Equal(1, (await HttpTraffic.CommitAsync(cluster)).Quarantined);
    }

    [Fact]
    public async Task A_silo_without_a_model_takes_nothing_in()
    {
        await using var cluster = await GuardCluster.StartAsync(1);

        var busy = await Assert.ThrowsAsync<BusyException>(async () => await HttpTraffic.Ingest(cluster).SendAsync(Encoding.UTF8.GetBytes(HttpTraffic.Click("a")), Cancellation));

        Assert.True(busy.Unfit);
        Assert.Empty(await cluster.Artifacts.ListAsync("events", Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task An_acknowledged_event_is_decided_once_although_silos_are_killed()
    {
        await using var cluster = await GuardCluster.StartAsync(3);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(22, 3000);
        var bodies = HttpTraffic.Bodies(messages, 30);
        var accepted = 0;
        for (var index = 0; index < bodies.Count; index++)
        {
            var sending = HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster, index % cluster.Silos.Silos.Count), bodies[index]);
            if (index is 30 or 60)
            {
                await cluster.KillHostOfAsync(HttpTraffic.Partition(cluster));
            }

            accepted += (await sending).Accepted;
        }

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 1000), await HttpTraffic.DecisionsAsync(cluster));
        Assert.InRange(accepted, 1, messages.Length);
    }

    [Fact]
    public async Task Killed_silos_leave_the_counters_of_a_cluster_that_lost_none()
    {
        await using var cluster = await GuardCluster.StartAsync(3);
        await using var calm = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await TestPolicy.PublishAsync(calm.Artifacts);
        var bodies = HttpTraffic.Bodies(HubTraffic.Messages(23, 1500), 30);
        for (var index = 0; index < bodies.Count; index++)
        {
            var sending = HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster, index % cluster.Silos.Silos.Count), bodies[index]);
            if (index == 20)
            {
                await cluster.KillHostOfAsync(HttpTraffic.Partition(cluster));
            }

            await sending;
            await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(calm), bodies[index]);
        }

        var (status, expected) = (await HttpTraffic.CommitAsync(cluster), await HttpTraffic.CommitAsync(calm));

        Assert.Equal((expected.Clicks, 0, 0), (status.Clicks, status.Expired, status.Lost));
        await HttpTraffic.AssertSameCountersAsync(calm, cluster);
    }

    [Fact]
    public async Task What_was_acknowledged_is_decided_by_the_next_owner_without_anybody_sending()
    {
        HeldStore? held = null;
        await using var cluster = await GuardCluster.StartAsync(2, store: store => held ??= new HeldStore(store, "decisions"));
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(24, 200);
        var receipt = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), HttpTraffic.Bodies(messages, 200)[0]);
        Assert.Equal(200, receipt.Accepted + receipt.Duplicates + receipt.Quarantined);
        Assert.Empty(await cluster.Artifacts.ListAsync("decisions/10000", Cancellation).ToListAsync(Cancellation));

        await cluster.KillHostOfAsync(HttpTraffic.Partition(cluster));
        held!.LetThrough();

        while (!await cluster.Artifacts.ListAsync("decisions/10000", Cancellation).AnyAsync(Cancellation))
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 1000), await HttpTraffic.DecisionsAsync(cluster));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_receipt_follows_from_the_log_but_a_score_waits_until_its_decision_is_durable(int partitions)
    {
        HeldStore? held = null;
        await using var cluster = await GuardCluster.StartAsync(
            1, silo => silo.Configure<ClusterOptions>(options => options.HttpPartitions = partitions), store: store => held = new HeldStore(store, "decisions/"), hasHub: false);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var receipt = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), Encoding.UTF8.GetBytes(HttpTraffic.Click("a")));
        Assert.Equal(1, receipt.Accepted);
        Assert.Empty(await cluster.Artifacts.ListAsync("decisions", Cancellation).ToListAsync(Cancellation));

        var scoring = HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster), HttpTraffic.Click("b"));
        while (await cluster.Artifacts.ListAsync("events", Cancellation).CountAsync(Cancellation) < 2)
        {
            await Task.Delay(10, Cancellation);
        }

        Assert.False(scoring.IsCompleted);
        held!.LetThrough();
        Assert.NotNull((await scoring).Decision);
        Assert.Contains("\"clickId\":\"b\"", await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task A_score_that_was_told_is_the_decision_that_is_kept_although_its_silo_is_killed_and_another_model_comes_into_force()
    {
        await using var cluster = await GuardCluster.StartAsync(2, store: store => new HeldStore(store, "decisions/"), hasHub: false);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await HttpTraffic.Partition(cluster).StatusAsync();
        var host = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(HttpTraffic.Partition(cluster));
        var silos = cluster.Silos.Silos.ToLookup(silo => silo.SiloAddress.Equals(host), silo => silo.ServiceProvider);
        var (killed, other) = (silos[true].Single(), silos[false].Single());
        var told = HttpTraffic.ScoreAsync(other.GetRequiredService<IIngest>, HttpTraffic.Click("a"));
        await ((HeldStore)killed.GetRequiredService<IArtifactStore>()).Reached;
        await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(300), Cancellation));

        await cluster.KillHostOfAsync(HttpTraffic.Partition(cluster));
        await TestPolicy.PublishAsync(cluster.Artifacts, seed: 2);
        await other.GetRequiredService<PolicyCache>().PollAsync(Cancellation);
        ((HeldStore)other.GetRequiredService<IArtifactStore>()).LetThrough();
        var answer = await told;
        while (answer.Decision is null)
        {
            // What was sent twice has its decision once that is numbered.
            answer = await HttpTraffic.ScoreAsync(other.GetRequiredService<IIngest>, HttpTraffic.Click("a"));
        }

        string kept;
        while ((kept = await cluster.DecisionsAsync()).Length == 0)
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.Contains($"\"model\":\"{answer.Decision.Model}\"", kept);
        Assert.Contains($"\"thresholds\":\"{answer.Decision.Thresholds}\"", kept);
    }

    [Fact]
    public async Task Several_partitions_decide_every_click_once_and_know_what_comes_again()
    {
        await using var cluster = await GuardCluster.StartAsync(2, silo => silo.Configure<ClusterOptions>(options => options.HttpPartitions = 3));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 400).Select(index => HttpTraffic.Click($"c-{index}", $"u{index % 40}")))}]");

        var first = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), body);
        var again = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster, 1), body);

        Assert.Equal((400, 0), (first.Accepted, first.Duplicates));
        Assert.Equal((0, 400), (again.Accepted, again.Duplicates));
        var clicks = 0L;
        for (var partition = 0; partition < 3; partition++)
        {
            var status = await HttpTraffic.CommitAsync(cluster, partition);
            Assert.InRange(status.Clicks, 1, 399);
            clicks += status.Clicks;
        }

        Assert.Equal(400, clicks);
    }
}
