using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Guard.Cluster.Benchmarks.Hosting;
using Guard.Cluster.Benchmarks.Measuring;
using Guard.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>One way in a process of its own, so that its memory is its own: does what each line of its input asks, and answers with a line.</summary>
internal sealed class WayHost
{
    public const string Shards = "shards";
    public const string Textbook = "textbook";
    private const int FillingLanes = 256;

    private readonly ICounterWay _way;
    private readonly ClickStream _stream;
    private long _heapBefore;

    private WayHost(ICounterWay way, ClickStream stream) => (_way, _stream) = (way, stream);

    /// <summary>Serves until the input ends.</summary>
    /// <param name="name">The way.</param>
    /// <param name="users">How many users click.</param>
    /// <param name="all">Whether addresses and user agents count too.</param>
    /// <param name="shards">How many shards of each kind there are.</param>
    public static async Task RunAsync(string name, int users, bool all, int shards)
    {
        await using var silo = await BenchmarkSilo.StartAsync(new MemoryArtifactStore(), BenchmarkPolicy.Hash, options => options.Shards = shards);
        var options = silo.Services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        var host = new WayHost(name == Shards ? new ShardWay(silo.Grains, options, all) : new TextbookWay(silo.Grains, all), new ClickStream(users));
        await ChildLoop.RunAsync(host.AnswerAsync);
    }

    private async Task<string> AnswerAsync(string[] words) => words switch
    {
        ["lanes"] => string.Join(' ', _way.Lanes),
        ["read", var clicks] => await ReadAsync(int.Parse(clicks)),
        ["fill"] => await FillAsync(),
        ["run", var lanes, var seconds] => (await RunAsync(int.Parse(lanes), TimeSpan.FromSeconds(double.Parse(seconds)))).ToLine(),
        _ => Memory(),
    };

    /// <summary>Counts clicks one by one, and gets a hash of all that was read.</summary>
    private async Task<string> ReadAsync(int clicks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var click = 0; click < clicks; click++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(await _way.ReadAsync(_stream)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<string> FillAsync()
    {
        _heapBefore = HeapBytes();
        var lanes = Enumerable.Range(0, Math.Min(FillingLanes, _way.Lanes[^1]));
        await Task.WhenAll(lanes.Select(lane => Task.Run(async () =>
        {
            while (_stream.Taken < _stream.Users)
            {
                await _way.CountAsync(lane, _stream);
            }
        })));
        return "filled";
    }

    private Task<Stretch> RunAsync(int lanes, TimeSpan time) => Stretch.MeasureAsync(async () =>
    {
        var began = Stopwatch.GetTimestamp();
        var clicks = await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(async () =>
        {
            var counted = 0L;
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                counted += await _way.CountAsync(lane, _stream);
            }

            return counted;
        })));
        return clicks.Sum();
    });

    private string Memory()
    {
        using var process = Process.GetCurrentProcess();
        var resident = process.WorkingSet64;
        _way.Settle();
        return $"{HeapBytes() - _heapBefore} {resident}";
    }

    private static long HeapBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
