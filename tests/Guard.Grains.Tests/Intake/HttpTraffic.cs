using System.Text;
using Guard.Core.Hosting;
using Guard.Grains.Counting;
using Guard.Grains.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Intake;

/// <summary>What producers send over HTTP, drawn from a seed, and what a test asks of a cluster that takes it in.</summary>
internal static class HttpTraffic
{
    /// <summary>Gets the partition that takes events in.</summary>
    public static IIngestGrain Partition(GuardCluster cluster, int index = 0) => cluster.Grains.GetGrain<IIngestGrain>($"{10_000 + index}");

    /// <summary>Gets where a silo takes events in.</summary>
    public static IIngest Ingest(GuardCluster cluster, int silo = 0) => cluster.Silos.GetSiloServiceProvider(cluster.Silos.Silos[silo].SiloAddress).GetRequiredService<IIngest>();

    /// <summary>The messages' events, one a line, so many a body.</summary>
    public static List<byte[]> Bodies(IEnumerable<HubMessage> messages, int events) =>
        [.. messages.Chunk(events).Select(part => Encoding.UTF8.GetBytes(string.Join('\n', part.Select(message => Encoding.UTF8.GetString(message.Body)))))];

    /// <summary>Sends a body until it is taken in, as a producer does.</summary>
    public static Task<Receipt> SendAsync(Func<IIngest> ingest, byte[] body) => TryAsync(() => ingest().SendAsync(body, TestContext.Current.CancellationToken));

    /// <summary>Has a click scored, as a producer does.</summary>
    public static Task<ScoredClick> ScoreAsync(Func<IIngest> ingest, string click) => TryAsync(() => ingest().ScoreAsync(Encoding.UTF8.GetBytes(click), TestContext.Current.CancellationToken));

    /// <summary>Has a partition commit what it decided, wherever it lives by now.</summary>
    public static Task<IngestStatus> CommitAsync(GuardCluster cluster, int partition = 0) => TryAsync(() => new ValueTask<IngestStatus>(Partition(cluster, partition).CommitAsync()));

    /// <summary>Checks that two clusters, which have committed, hold the same counters.</summary>
    public static async Task AssertSameCountersAsync(GuardCluster expected, GuardCluster actual)
    {
        foreach (var type in (string[])["users", "entities", "user-agents"])
        {
            for (var shard = 0; shard < 4; shard++)
            {
                var path = $"state/guard.{type}/{ShardKey.Of(shard, 4)}/shard";
                var first = await expected.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);
                var second = await actual.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);
                Assert.True(first!.Content.Span.SequenceEqual(second!.Content.Span), $"{path} differs");
            }
        }
    }

    private static async Task<T> TryAsync<T>(Func<ValueTask<T>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is not OperationCanceledException && attempt < 100)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The decisions once every partition has committed, when they are durable.</summary>
    public static async Task<string> DecisionsAsync(GuardCluster cluster)
    {
        await CommitAsync(cluster);
        return await cluster.DecisionsAsync();
    }

    public static string Click(string id, string user = "u1") => $$"""{"specversion":"1.0","id":"{{id}}","source":"/ads/click/eu1","type":"guard.ad.click.v1","time":"2026-01-01T12:00:00Z","data":{"userId":"{{user}}","ip":"203.0.113.7","userAgent":"Mozilla/5.0","deviceType":"mobile","marketplace":"DE","campaignId":"k1","costMicros":5} }""";

    public static string Purchase(string click, string? user) => $$"""{"specversion":"1.0","id":"p-{{click}}","source":"/orders","type":"guard.purchase.v1","time":"2026-01-01T13:00:00Z","data":{"clickId":"{{click}}",{{(user is null ? "" : $"\"userId\":\"{user}\",")}}"orderId":"o-{{click}}","valueMicros":1000000} }""";
}
