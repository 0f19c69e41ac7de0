using System.Diagnostics.Metrics;
using System.Text;
using Guard.Core.Hosting;
using Guard.Grains.Tests.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Watching;

public sealed class QueueAgeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_the_age_of_the_oldest_message_that_waits_and_nothing_when_none_does()
    {
        var messages = HubTraffic.Messages(27, 300);
        var (time, held) = (new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds(messages[^1].EnqueuedTime)), new TaskCompletionSource<HeldStore>());
        await using var cluster = await GuardCluster.StartAsync(
            1, silo => silo.Services.AddSingleton<TimeProvider>(time), store: store => Held(held, store, $"decisions/00000/{100:D20}"));
        await TestPolicy.PublishAsync(cluster.Artifacts);
        using var measured = new Measured(cluster.Service<IMeterFactory>());
        await cluster.Partition.DeliverAsync(messages[..100]);
        Assert.Equal(TimeSpan.Zero, (await NowAsync(cluster)).QueueAge);

        var delivering = cluster.Partition.DeliverAsync(messages[100..]);
        var expected = time.Now - DateTimeOffset.FromUnixTimeMilliseconds(messages[100].EnqueuedTime);
        await UntilAsync(cluster, expected);
        time.Now += TimeSpan.FromSeconds(30);

        Assert.Equal(expected + TimeSpan.FromSeconds(30), (await NowAsync(cluster)).QueueAge);
        Assert.Equal([expected.TotalSeconds + 30], measured.Now("guard.queue.age guard.partition=0"));
        (await held.Task).LetThrough();
        await delivering;
        Assert.Equal(TimeSpan.Zero, (await NowAsync(cluster)).QueueAge);
        Assert.Equal([0], measured.Now("guard.queue.age guard.partition=0"));
    }

    [Fact]
    public async Task What_was_sent_and_is_not_in_the_log_yet_waits_as_well()
    {
        var (time, held) = (new FixedTime(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)), new TaskCompletionSource<HeldStore>());
        await using var cluster = await GuardCluster.StartAsync(
            1, silo => silo.Services.AddSingleton<TimeProvider>(time), store: store => Held(held, store, $"events/10000/{1:D20}"), hasHub: false);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await HttpTraffic.SendAsync(() => HttpTraffic.Ingest(cluster), Encoding.UTF8.GetBytes(HttpTraffic.Click("a")));
        await HttpTraffic.CommitAsync(cluster);

        var sending = HttpTraffic.Ingest(cluster).SendAsync(Encoding.UTF8.GetBytes(HttpTraffic.Click("b")), Cancellation).AsTask();
        time.Now += TimeSpan.FromSeconds(20);

        await UntilAsync(cluster, TimeSpan.FromSeconds(20));
        (await held.Task).LetThrough();
        Assert.Equal(1, (await sending).Accepted);
        await UntilAsync(cluster, TimeSpan.Zero);
    }

    private static HeldStore Held(TaskCompletionSource<HeldStore> made, Guard.Core.Lifecycle.IArtifactStore store, string folder)
    {
        made.SetResult(new HeldStore(store, folder));
        return made.Task.Result;
    }

    private static ValueTask<TrafficNow> NowAsync(GuardCluster cluster) => cluster.Service<ITraffic>().NowAsync(Cancellation);

    private static async Task UntilAsync(GuardCluster cluster, TimeSpan age)
    {
        while ((await NowAsync(cluster)).QueueAge != age)
        {
            await Task.Delay(10, Cancellation);
        }
    }
}
