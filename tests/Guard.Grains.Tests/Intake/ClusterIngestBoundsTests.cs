using System.Text;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Intake;

/// <summary>What a silo takes in at once: long bodies, long events, too much, and what comes while it writes.</summary>
public sealed class ClusterIngestBoundsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_body_becomes_several_messages_and_keeps_its_order()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(25, 12_000);

        var receipt = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), HttpTraffic.Bodies(messages, 12_000)[0]);

        Assert.Equal(12_000, receipt.Accepted + receipt.Duplicates + receipt.Quarantined);
        Assert.Equal(100, receipt.Rejections.Count);
        Assert.Equal(receipt.Rejections.Select(rejection => rejection.Index).Order(), receipt.Rejections.Select(rejection => rejection.Index));
        Assert.All(receipt.Rejections, rejection => Assert.Equal(rejection.Index + 1, rejection.Line));
        Assert.InRange((await HttpTraffic.CommitAsync(cluster)).Last, 2, 100);
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 1000), await HttpTraffic.DecisionsAsync(cluster));
    }

    [Fact]
    public async Task An_event_that_is_too_long_is_rejected_by_name_and_the_rest_is_taken_in()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var body = Encoding.UTF8.GetBytes($"{HttpTraffic.Click("a")}\n{HttpTraffic.Click(new string('x', 70_000))}\n{HttpTraffic.Click("b")}");

        var receipt = await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), body);

        Assert.Equal((2, 1), (receipt.Accepted, receipt.Quarantined));
        Assert.Equal((1, 2, RejectReason.EventTooLong), (receipt.Rejections[0].Index, receipt.Rejections[0].Line, receipt.Rejections[0].Reason));
        await HttpTraffic.CommitAsync(cluster);
        var rows = await cluster.Artifacts.ListAsync("quarantine", Cancellation).ToListAsync(Cancellation);
        var row = (await cluster.Artifacts.ReadAsync(Assert.Single(rows), Cancellation))!.Content;
        Assert.Equal(70_000 + HttpTraffic.Click("").Length, JsonDocument.Parse(row).RootElement.GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task More_than_a_silo_holds_is_told_to_come_again_and_nothing_of_it_is_taken_in()
    {
        HeldStore? held = null;
        await using var cluster = await GuardCluster.StartAsync(
            1, silo => silo.Configure<ClusterOptions>(options => options.WaitingBytes = 1 << 20), store: store => held = new HeldStore(store, "events"));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.Silos.GetSiloServiceProvider().GetRequiredService<PolicyCache>().GetAsync(Cancellation);
        var ingest = HttpTraffic.Ingest(cluster);
        var large = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 3_000).Select(index => HttpTraffic.Click($"l-{index}"))));

        var waiting = ingest.SendAsync(large, Cancellation).AsTask();
        var busy = await Assert.ThrowsAsync<BusyException>(async () => await ingest.SendAsync(large.AsMemory(0, large.Length - 1), Cancellation));
        held!.LetThrough();

        Assert.Equal((3_000, 0), ((await waiting).Accepted, (await waiting).Duplicates));
        Assert.False(busy.Unfit);
        Assert.Equal(1, (await ingest.SendAsync(Encoding.UTF8.GetBytes(HttpTraffic.Click("z")), Cancellation)).Accepted);
    }

    [Fact]
    public async Task What_comes_while_a_group_is_written_makes_the_next_one()
    {
        HeldStore? held = null;
        await using var cluster = await GuardCluster.StartAsync(1, store: store => held = new HeldStore(store, "events"));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.Silos.GetSiloServiceProvider().GetRequiredService<PolicyCache>().GetAsync(Cancellation);

        var sending = Enumerable.Range(0, 200).Select(index => HttpTraffic.Ingest(cluster).SendAsync(Encoding.UTF8.GetBytes(HttpTraffic.Click($"g-{index}")), Cancellation).AsTask()).ToArray();
        held!.LetThrough();

        Assert.All(await Task.WhenAll(sending), receipt => Assert.Equal(1, receipt.Accepted));
        Assert.InRange(await cluster.Artifacts.ListAsync("events", Cancellation).CountAsync(Cancellation), 1, 20);
    }

    [Fact]
    public async Task A_silo_that_has_stopped_refuses_what_it_is_sent_and_does_not_go_on_trying()
    {
        await using var cluster = await GuardCluster.StartAsync(2, silo => silo.Configure<ClusterOptions>(options => options.RetryFor = TimeSpan.FromMinutes(10)));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var silo = cluster.Silos.Silos[0];
        var ingest = silo.ServiceProvider.GetRequiredService<IIngest>();
        await silo.ServiceProvider.GetRequiredService<PolicyCache>().GetAsync(Cancellation);
        await HttpTraffic.SendAsync(() => ingest, Encoding.UTF8.GetBytes(HttpTraffic.Click("a")));

        await cluster.Silos.KillSiloAsync(silo);
        var sending = ingest.SendAsync(Encoding.UTF8.GetBytes(HttpTraffic.Click("b")), Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.True((await Assert.ThrowsAsync<BusyException>(() => sending)).Unfit);
    }
}
