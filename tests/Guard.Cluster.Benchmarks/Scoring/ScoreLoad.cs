using System.Net;
using Guard.Benchmarks.Load;
using Guard.Cluster.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard.Cluster.Benchmarks.Scoring;

/// <summary>How long a caller waits for <c>IInferenceGrain.Score</c>: from a client in another process than the silo, and within the silo.</summary>
internal static class ScoreLoad
{
    /// <summary>How many clicks a second of event time holds.</summary>
    public const double ClicksPerSecond = 1_000;

    /// <summary>Gets the time of the first click, far enough in the past for all that follow.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs the loads.</summary>
    /// <param name="args"><c>--short</c>, <c>--rate</c> calls a second, <c>--seconds</c> of each load, <c>--users</c> with counters.</param>
    public static async Task RunAsync(ReadOnlyMemory<string> args)
    {
        var arguments = new LoadArguments(args);
        var rate = arguments.Real("--rate", 2_000, 500);
        var seconds = arguments.Real("--seconds", 60, 4);
        var users = arguments.Number("--users", 1_000_000, 10_000);
        arguments.RefuseRest();
        using var silo = Child.Start("scorer", $"{users}");
        var gateway = new IPEndPoint(IPAddress.Loopback, int.Parse(await silo.AskAsync("gateway")));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseStaticClustering(gateway));
        using var client = builder.Build();
        await client.StartAsync();
        await silo.AskAsync("fill");
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var clicks = new ClickLoad(users, Start, ClicksPerSecond, run: 2);

        Console.WriteLine($"IInferenceGrain.Score, {users:N0} users, {rate:N0} calls a second due at fixed times, {seconds} s each after {seconds / 4} s of warming up; milliseconds from when a call is due");
        Console.WriteLine("from                          calls/s       p50       p99     p99.9       max");
        (string Name, Func<double, Task<string>> Run)[] callers =
        [
            ("a client in another process", duration => ScoreStream.RunAsync(grains, clicks, rate, TimeSpan.FromSeconds(duration))),
            ("within the silo", duration => silo.AskAsync($"score {rate} {duration}")),
        ];
        foreach (var (name, run) in callers)
        {
            await run(seconds / 4);
            var words = (await run(seconds)).Split(' ');
            Console.WriteLine($"{name,-27} {words[0],9} {words[1],9} {words[2],9} {words[3],9} {words[4],9}");
        }

        await client.StopAsync();
    }
}
