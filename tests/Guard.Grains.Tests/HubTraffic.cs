using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;
using Guard.Grains.Ingest;

namespace Guard.Grains.Tests;

/// <summary>A partition's messages drawn from a seed: clicks, some late, some twice; purchases, telemetry and what does not decode.</summary>
internal static class HubTraffic
{
    public const string Stream = "latency";
    private const long Start = 1_767_225_600_000;

    public static KeyedHash Hash { get; } = new(HashingKey.FromBytes([.. Enumerable.Range(1, HashingKey.Bytes).Select(value => (byte)value)]));

    public static HubMessage[] Messages(int seed, int count)
    {
        var random = new Random(seed);
        var time = Start;
        var messages = new HubMessage[count];
        for (var index = 0; index < count; index++)
        {
            time += random.Next(0, 3000);
            var json = random.Next(100) switch
            {
                < 2 => "{\"specversion\":\"1.0\",\"id\":\"broken",
                < 6 => Event($"t-{index}", "guard.telemetry.v1", time, $$"""{"stream":"{{Stream}}","values":[{{random.Next(1, 100)}}]}"""),
                < 9 => Event($"p-{index}", "guard.purchase.v1", time, $$"""{"clickId":"c-{{random.Next(index + 1)}}","orderId":"o-{{index}}","valueMicros":1000000}"""),
                < 11 when index > 0 => Encoding.UTF8.GetString(messages[random.Next(index)].Body),
                var kind => Click(random, index, kind < 16 ? time - random.Next(300_000) : time),
            };
            messages[index] = new HubMessage { SequenceNumber = index, Offset = $"{index * 8}", EnqueuedTime = time, Body = Encoding.UTF8.GetBytes(json) };
        }

        return messages;
    }

    /// <summary>The decisions of the local engine's way of the same messages, as CloudEvents.</summary>
    public static async Task<string> DecideLocallyAsync(IEnumerable<HubMessage> messages, DecisionPolicy policy, int batchSize)
    {
        var intake = new EventIntake(new ClusterOptions().Intake, Hash, new Discarded());
        using var sink = new TextSink();
        var pipeline = new ClickPipeline(new LocalCounters(new ShardOptions { Shards = 3, Workers = 2 }), sink, () => policy);
        var batch = new EventBatch();
        foreach (var part in messages.Chunk(batchSize))
        {
            batch.Clear();
            foreach (var message in part)
            {
                intake.Take(message.Body, new EventPosition("test", 0, message.SequenceNumber), message.EnqueuedTime, batch);
            }

            await pipeline.ProcessAsync(batch);
        }

        return sink.ToString();
    }

    private static string Click(Random random, int index, long time)
    {
        var user = random.Next(1, 200);
        var agent = random.Next(20) == 0 ? "Googlebot/2.1" : $"Mozilla/5.0 Firefox/{random.Next(130, 142)}.0";
        return Event($"c-{index}", "guard.ad.click.v1", time, $$"""
            {"userId":"u{{user}}","sessionId":"s{{user}}-{{random.Next(3)}}","ip":"203.0.113.{{random.Next(1, 60)}}","userAgent":"{{agent}}","loggedIn":{{(random.Next(2) == 0 ? "true" : "false")}},"deviceType":"mobile","marketplace":"DE","campaignId":"k1","advertiserId":"a1","costMicros":{{random.Next(1, 900000)}}}
            """.Trim());
    }

    private static string Event(string id, string type, long time, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/ads/click/eu1","type":"{{type}}","time":"{{DateTimeOffset.FromUnixTimeMilliseconds(time):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","data":{{data}}}""";

    private sealed class Discarded : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }
}
