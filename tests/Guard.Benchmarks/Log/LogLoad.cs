using System.Diagnostics;
using Guard.Engine.Log;

namespace Guard.Benchmarks.Log;

/// <summary>
/// Measures a partition's log on a real folder: how long one block takes until it is durable, how many go through when many
/// wait, how fast a log is checked and opened again, and how long a click is searched by its key. A load and not a
/// micro-benchmark, because what counts is the disk.
/// </summary>
public static class LogLoad
{
    private const int SmallBlock = 300;
    private const int LargeBlock = 1 << 20;
    private const int SmallClicks = 1;
    private const int LargeClicks = 5000;

    /// <summary>Runs all measurements in a folder of its own below <paramref name="folder"/>, and removes it.</summary>
    /// <param name="folder">A folder on the disk that is to be measured.</param>
    /// <param name="seconds">How long each measurement lasts.</param>
    public static async Task RunAsync(string folder, double seconds = 10)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, $"log-load-{Guid.NewGuid():N}")).FullName;
        try
        {
            Console.WriteLine($"One block at a time until it is durable, in {folder}, {seconds:0.#} s each after a warm-up; microseconds");
            Console.WriteLine("   bytes    blocks       p50       p99     p99.9  greatest");
            await MeasureLatencyAsync(path, SmallBlock, SmallClicks, seconds);
            await MeasureLatencyAsync(path, LargeBlock, LargeClicks, seconds);
            Console.WriteLine("As many blocks as the log takes, all durable at the end");
            Console.WriteLine("   bytes    blocks/s    clicks/s      MB/s  bytes allocated/block");
            await MeasureThroughputAsync(path, SmallBlock, SmallClicks, seconds);
            var clicks = await MeasureThroughputAsync(path, LargeBlock, LargeClicks, seconds);
            MeasureOpening(path, clicks);
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static async Task MeasureLatencyAsync(string path, int bytes, int clicks, double seconds)
    {
        using var log = PartitionLog.Open(Path.Combine(path, $"latency-{bytes}"));
        var (payload, keys) = (new byte[bytes], new ulong[clicks]);
        new Random(1).NextBytes(payload);
        var times = new List<double>();
        var start = Stopwatch.GetTimestamp();
        var warm = TimeSpan.FromSeconds(seconds / 10);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            Fill(keys, log.NextNumber);
            var before = Stopwatch.GetTimestamp();
            await log.WaitDurableAsync(log.Append(payload, log.NextNumber, clicks, keys));
            if (Stopwatch.GetElapsedTime(start) > warm)
            {
                times.Add(Stopwatch.GetElapsedTime(before).TotalMicroseconds);
            }
        }

        times.Sort();
        Console.WriteLine($"{bytes,8} {times.Count,9:N0} {At(times, 0.5),9:N0} {At(times, 0.99),9:N0} {At(times, 0.999),9:N0} {times[^1],9:N0}");
    }

    private static async Task<long> MeasureThroughputAsync(string path, int bytes, int clicks, double seconds)
    {
        using var log = PartitionLog.Open(Path.Combine(path, $"throughput-{bytes}"));
        var (payload, keys) = (new byte[bytes], new ulong[clicks]);
        new Random(1).NextBytes(payload);
        for (var buffer = 0; buffer < 3; buffer++)
        {
            // Until there is no room, so that the log's buffers have the size that they keep.
            while (log.WaitForRoomAsync().IsCompleted)
            {
                Fill(keys, log.NextNumber);
                log.Append(payload, log.NextNumber, clicks, keys);
            }

            await log.WaitDurableAsync(log.Next - 1);
        }

        var (first, allocated, start) = (log.Next, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            await log.WaitForRoomAsync();
            Fill(keys, log.NextNumber);
            log.Append(payload, log.NextNumber, clicks, keys);
        }

        await log.WaitDurableAsync(log.Next - 1);
        var (elapsed, blocks) = (Stopwatch.GetElapsedTime(start).TotalSeconds, log.Next - first);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Console.WriteLine($"{bytes,8} {blocks / elapsed,11:N0} {blocks * clicks / elapsed,11:N0} {blocks * bytes / elapsed / 1e6,9:N0} {(double)allocated / blocks,12:N1}");
        return log.NextNumber;
    }

    private static void MeasureOpening(string path, long clicks)
    {
        var folder = Path.Combine(path, $"throughput-{LargeBlock}");
        using (Open(folder, 0, "all checked"))
        {
        }

        using var log = Open(folder, clicks / LargeClicks, "all but the last segment covered by a snapshot");
        MeasureSearch(log, clicks);
    }

    private static PartitionLog Open(string folder, long covered, string how)
    {
        var start = Stopwatch.GetTimestamp();
        var log = PartitionLog.Open(folder, covered);
        Console.WriteLine($"Opened {log.Bytes / 1e6:N0} MB, {how}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms");
        return log;
    }

    private static void MeasureSearch(PartitionLog log, long clicks)
    {
        var (random, times, found) = (new Random(1), new List<double>(), 0);
        var keys = new ulong[1];
        for (var search = 0; search < 20_000; search++)
        {
            Fill(keys, random.NextInt64(0, clicks));
            var before = Stopwatch.GetTimestamp();
            found += log.Find(keys[0]).Count;
            times.Add(Stopwatch.GetElapsedTime(before).TotalMicroseconds);
        }

        times.Sort();
        Console.WriteLine($"A key among {clicks:N0} in {log.Bytes / 1e6:N0} MB, {found:N0} found: p50 {At(times, 0.5):N1}, p99 {At(times, 0.99):N1} microseconds");
    }

    private static void Fill(Span<ulong> keys, long first)
    {
        for (var row = 0; row < keys.Length; row++)
        {
            keys[row] = (ulong)(first + row) * 0x9E3779B97F4A7C15; // Spread as the keys of clicks are, and different for each.
        }
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
