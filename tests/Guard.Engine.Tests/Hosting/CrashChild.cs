using System.Globalization;
using Guard.Engine.Artifacts;
using Guard.Engine.Hosting;
using Guard.Engine.Log;
using Guard.Engine.Shards;

namespace Guard.Engine.Tests.Hosting;

/// <summary>A process that sends events to a host of its own until it is killed. It is this test program, started with a variable set.</summary>
internal static class CrashChild
{
    public const string Variable = "GUARD_TEST_CRASH_CHILD";

    /// <summary>Gets the options under which much happens in little time: small segments, and snapshots all the time.</summary>
    public static LocalHostOptions Options(string folder) => new()
    {
        Folder = folder,
        Shards = new ShardOptions { Shards = 4, Workers = 2, UserCapacity = 10_000, EntityCapacity = 10_000, UserAgentCapacity = 10_000 },
        Log = new PartitionLogOptions { SegmentBytes = 128 << 10 },
        BatchEvents = 16,
        SnapshotLogBytes = 64 << 10,
        PolicyInterval = TimeSpan.FromMilliseconds(10),
    };

    /// <summary>Gets the bodies that are sent, which follow from a seed.</summary>
    public static List<byte[]> Bodies(int seed, int events)
    {
        var random = new Random(seed);
        var (all, bodies) = (TestBodies.Events(seed, events), new List<byte[]>());
        for (var start = 0; start < all.Count;)
        {
            var count = Math.Min(all.Count - start, random.Next(1, 40));
            bodies.Add(TestBodies.Lines(all.GetRange(start, count)));
            start += count;
        }

        return bodies;
    }

    /// <summary>Runs if this process is one, and gets whether it was.</summary>
    public static async Task<bool> RunIfChildAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } arguments)
        {
            return false;
        }

        var parts = arguments.Split('|');
        await RunAsync(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture));
        return true;
    }

    private static async Task RunAsync(string folder, int seed, int events, int from)
    {
        var bodies = Bodies(seed, events);
        await using var host = await LocalHost.StartAsync(Options(folder), new FileArtifactStore(Path.Combine(folder, "artifacts")));
        for (var index = from; index < bodies.Count; index++)
        {
            await host.Ingest.SendAsync(bodies[index]);
            Console.Out.WriteLine(index + 1);
        }

        Console.Out.WriteLine("done");
        await Task.Delay(Timeout.Infinite);
    }
}
