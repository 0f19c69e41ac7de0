using System.Buffers;
using Guard.Benchmarks.Load;
using Guard.Cluster.Benchmarks.Hosting;
using Guard.Cluster.Benchmarks.Measuring;
using Guard.Grains.Ingest;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Cluster.Benchmarks.Scoring;

/// <summary>The silo that scores, in a process of its own.</summary>
internal static class ScoreHost
{
    private const int Batch = 2_000;

    /// <summary>Serves until the input ends: <c>gateway</c>, <c>fill</c>, <c>score RATE SECONDS</c>.</summary>
    /// <param name="users">How many users have counters.</param>
    public static async Task RunAsync(int users)
    {
        var policy = await BenchmarkPolicy.MakeAsync();
        await using var silo = await BenchmarkSilo.StartAsync(await policy.PublishAsync(new MemoryArtifactStore()), BenchmarkPolicy.Hash);
        await silo.Services.GetRequiredService<PolicyCache>().GetAsync();
        var clicks = new ClickLoad(users, ScoreLoad.Start, ScoreLoad.ClicksPerSecond, run: 1);
        await ChildLoop.RunAsync(async words => words switch
        {
            ["gateway"] => $"{silo.GatewayPort}",
            ["fill"] => await FillAsync(silo, clicks, users),
            [_, var rate, var seconds] => await ScoreStream.RunAsync(silo.Grains, clicks, double.Parse(rate), TimeSpan.FromSeconds(double.Parse(seconds))),
            _ => throw new LoadException("The silo that scores was asked for what it does not know."),
        });
    }

    /// <summary>Gives every user a click, the way that clicks come.</summary>
    private static async Task<string> FillAsync(BenchmarkSilo silo, ClickLoad clicks, int users)
    {
        var partition = silo.Grains.GetGrain<IIngestGrain>("0");
        var body = new ArrayBufferWriter<byte>();
        for (var number = 0L; clicks.Taken < users;)
        {
            var delivery = new List<HubMessage>(Batch);
            while (delivery.Count < Batch && clicks.Taken < users)
            {
                clicks.Fill(body, 1, everyUserOnce: true);
                delivery.Add(new HubMessage { SequenceNumber = number++, Offset = "0", EnqueuedTime = BenchmarkSilo.Enqueued, Body = body.WrittenSpan[..^1].ToArray() });
            }

            await partition.DeliverAsync(delivery);
        }

        return "filled";
    }
}
