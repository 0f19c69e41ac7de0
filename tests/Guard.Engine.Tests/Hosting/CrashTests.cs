using System.Diagnostics;
using System.Globalization;
using Guard.Core.Hosting;
using Guard.Engine.Artifacts;
using Guard.Engine.Hosting;

namespace Guard.Engine.Tests.Hosting;

public sealed class CrashTests
{
    private const int Seed = 77;
    private const int Events = 12_000;
    private const int Kills = 12;

    [Fact]
    public async Task After_any_number_of_kills_every_acknowledged_event_counts_once_and_all_is_as_if_there_had_been_none()
    {
        using var folder = await HostFolder.CreateAsync();
        using var calm = await HostFolder.CreateAsync();
        var bodies = CrashChild.Bodies(Seed, Events);
        var random = new Random(9);
        var acknowledged = 0;
        var interrupted = 0;
        for (var kill = 0; kill < Kills && acknowledged < bodies.Count; kill++)
        {
            var before = acknowledged;

            // The last process gets as far as it can; the others die after a random number of answers, in whatever they are doing then.
            acknowledged = await RunAndKillAsync(folder.Path, acknowledged, kill == Kills - 1 ? bodies.Count : before + random.Next(1, 2 * bodies.Count / Kills));
            interrupted += acknowledged < bodies.Count ? 1 : 0;
        }

        Assert.Equal(bodies.Count, acknowledged);
        Assert.True(interrupted >= Kills / 2, $"Only {interrupted} processes were killed before their end.");
        await using var whole = await LocalHost.StartAsync(CrashChild.Options(calm.Path), new FileArtifactStore(calm.Artifacts));
        foreach (var body in bodies)
        {
            await whole.Ingest.SendAsync(body);
        }

        await using var survivor = await LocalHost.StartAsync(CrashChild.Options(folder.Path), new FileArtifactStore(folder.Artifacts));
        Assert.Equal(await HostFolder.DescribeAsync(whole), await HostFolder.DescribeAsync(survivor));
        Receipt again = await survivor.Ingest.SendAsync(bodies[^1]);
        Assert.Equal(0, again.Accepted);
    }

    private static async Task<int> RunAndKillAsync(string folder, int from, int until)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);
        }

        start.Environment[CrashChild.Variable] = string.Create(CultureInfo.InvariantCulture, $"{folder}|{Seed}|{Events}|{from}");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var acknowledged = from;
        try
        {
            while (acknowledged < until && await process.StandardOutput.ReadLineAsync() is { } line && line != "done")
            {
                acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // What it said before it died counts too.
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "done")
        {
            acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
        }

        Assert.Equal("", await errors);
        return acknowledged;
    }
}
