using Guard.Benchmarks.Load;
using Guard.Cluster.Benchmarks.Hosting;
using Guard.Core.Pipeline;
using Guard.Engine.Artifacts;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>
/// The same clicks through the local engine and through the cluster host, by turns: each round starts every way afresh, fills
/// it with the first half of the clicks and measures the second.
/// </summary>
internal static class ShareLoad
{
    /// <summary>Runs the comparison.</summary>
    /// <param name="args"><c>--short</c>, <c>--days</c> simulated, <c>--rounds</c>, <c>--messages</c> a delivery, <c>--folder</c>, <c>--only</c> one of the ways.</param>
    public static async Task RunAsync(ReadOnlyMemory<string> args)
    {
        var arguments = new LoadArguments(args);
        var days = arguments.Number("--days", 28, 3);
        var rounds = arguments.Number("--rounds", 3, 1);
        var messages = arguments.Number("--messages", 2_048, 2_048);
        var only = arguments.Text("--only");
        var folder = Path.Combine(arguments.Text("--folder") ?? Path.GetTempPath(), $"guard-share-{Environment.ProcessId}");
        arguments.RefuseRest();

        var clicks = ClickLines.Simulate(days);
        var lines = clicks.Json;
        var half = clicks.Batches.Count / 2 * ClickLines.BatchSize;
        var policy = await BenchmarkPolicy.MakeAsync();
        var local = await PolicyAsync(policy);
        var number = 0;
        (string Name, Func<Task<IPipelineWay>> Start)[] ways =
        [
            ("local pipeline, decoded, 1 thread", () => Task.FromResult<IPipelineWay>(new LocalPipelineWay(clicks, decoded: true, local))),
            ("local pipeline, JSON, 1 thread", () => Task.FromResult<IPipelineWay>(new LocalPipelineWay(clicks, decoded: false, local))),
            ("local engine, JSON to durable", () => LocalHostWay.StartAsync(lines, policy, Path.Combine(folder, $"{number++}"))),
            ("cluster, 1 partition, files", () => OnFilesAsync(1)),
            ("cluster, 4 partitions, files", () => OnFilesAsync(4)),
            ("cluster, 1 partition, memory", () => InMemoryAsync(1)),
            ("cluster, 4 partitions, memory", () => InMemoryAsync(4)),
        ];
        var measured = ways.Where(way => only is null || way.Name.Contains(only, StringComparison.Ordinal)).Select(way => new MeasuredWay(way.Name, way.Start)).ToArray();
        Console.WriteLine($"{lines.Length:N0} clicks of {lines.Sum(static line => (long)line.Length) / lines.Length} bytes; the second half, median of {rounds} rounds by turns after one that warms up; {messages:N0} messages a delivery");
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var way in measured)
            {
                await way.RunAsync(half, lines.Length, counts: round > 0);
            }
        }

        Print(measured);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<IPipelineWay> OnFilesAsync(int partitions)
        {
            var own = Path.Combine(folder, $"{number++}");
            return ClusterWay.StartAsync(lines, partitions, messages, policy, new FileArtifactStore(own), () => Directory.Delete(own, recursive: true));
        }

        Task<IPipelineWay> InMemoryAsync(int partitions) => ClusterWay.StartAsync(lines, partitions, messages, policy, new MemoryArtifactStore(), static () => { });
    }

    private static void Print(MeasuredWay[] ways)
    {
        var (engine, pipeline) = (ways.FirstOrDefault(static way => way.Name.StartsWith("local engine", StringComparison.Ordinal)), ways.FirstOrDefault(static way => way.Name.Contains("JSON, 1", StringComparison.Ordinal)));
        Console.WriteLine("way                                     clicks/s   CPU ns/click   bytes/click   of the engine's rate   of the pipeline's, JSON");
        foreach (var way in ways)
        {
            Console.WriteLine($"{way.Name,-36} {way.Rate,11:N0} {way.ProcessorNanoseconds,14:N0} {way.BytesAClick,13:N0} {way.Rate / engine?.Rate,22:P0} {way.Rate / pipeline?.Rate,25:P0}");
        }
    }

    /// <summary>Reads the policy as a silo does.</summary>
    private static async Task<DecisionPolicy> PolicyAsync(BenchmarkPolicy policy)
    {
        await using var silo = await BenchmarkSilo.StartAsync(await policy.PublishAsync(new MemoryArtifactStore()), BenchmarkPolicy.Hash);
        return await silo.Services.GetRequiredService<PolicyCache>().GetAsync();
    }
}
