using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;

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

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 777), await cluster.DecisionsAsync());
        Assert.Equal(3000, receipts.Sum(receipt => receipt.Accepted + receipt.Duplicates + receipt.Quarantined));
        Assert.Equal(messages.Count(message => message.Body.AsSpan().EndsWith("broken"u8)), receipts.Sum(receipt => receipt.Quarantined));
    }

    [Fact]
    public async Task A_receipt_tells_what_became_of_each_event_and_where_a_broken_one_stands()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var body = Encoding.UTF8.GetBytes($"{Click("a")}\n{{\"broken\"\n\n{Click("b")}\n{Click("a")}\n{Click("c").Replace("1.0", "9.9")}\n");

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
        await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), Encoding.UTF8.GetBytes(Click("a")));

        var scored = await HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster, 1), Click("b"));
        var again = await HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster), Click("b"));

        Assert.False(scored.Duplicate);
        Assert.Equal(("b", "/ads/click/eu1", "k1"), (scored.Decision!.ClickId, scored.Decision.Source, scored.Decision.CampaignId));
        using var writer = new Core.Pipeline.DecisionEventWriter();
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        writer.Write(json, scored.Decision);
        Assert.EndsWith(Encoding.UTF8.GetString(json.WrittenSpan) + "\n", await cluster.DecisionsAsync());
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
        await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), Encoding.UTF8.GetBytes(Click("a")));

        var scored = await HttpTraffic.ScoreAsync(() => HttpTraffic.Ingest(cluster), json);

        Assert.Equal(reason, scored.Rejection?.Reason);
        Assert.Null(scored.Decision);
        Assert.Equal(1, (await HttpTraffic.Partition(cluster).StatusAsync()).Quarantined);
    }

    [Fact]
    public async Task A_silo_without_a_model_takes_nothing_in()
    {
        await using var cluster = await GuardCluster.StartAsync(1);

        var busy = await Assert.ThrowsAsync<BusyException>(async () => await HttpTraffic.Ingest(cluster).SendAsync(Encoding.UTF8.GetBytes(Click("a")), Cancellation));

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

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 1000), await cluster.DecisionsAsync());
        Assert.InRange(accepted, 1, messages.Length);
    }

    private static string Click(string id) => $$"""{"specversion":"1.0","id":"{{id}}","source":"/ads/click/eu1","type":"guard.ad.click.v1","time":"2026-01-01T12:00:00Z","data":{"userId":"u1","ip":"203.0.113.7","userAgent":"Mozilla/5.0","deviceType":"mobile","marketplace":"DE","campaignId":"k1","costMicros":5} }""";
}
