using System.Globalization;
using Guard.Engine.Files;

namespace Guard.Benchmarks.Load;

/// <summary>
/// How long the disk takes to make one small write durable, asked every few milliseconds while nothing else asks. Whoever is told that
/// an event is durable waits for such a flush, so no such latency is better than this, and it is told beside each.
/// </summary>
/// <param name="Flushes">From before the write to after the flush.</param>
internal sealed record DiskPauses(LatencyHistogram Flushes)
{
    private const int Bytes = 2_000;
    private const int Writes = 1_500;

    /// <summary>Asks the disk of a folder 1,500 times.</summary>
    public static async Task<DiskPauses> WatchAsync(string folder)
    {
        var path = Path.Combine(folder, $"flushes-{Environment.ProcessId}");
        var flushes = new LatencyHistogram();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var bytes = new byte[Bytes];
        for (var write = 0; write < Writes; write++)
        {
            await tick.WaitForNextTickAsync();
            var start = TimeProvider.System.GetTimestamp();
            file.Write(bytes);
            DiskFlush.Flush(file.SafeFileHandle, path);
            flushes.Add(TimeProvider.System.GetElapsedTime(start));
        }

        return new DiskPauses(flushes);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a small write was durable in {Flushes.Percentile(.5).TotalMilliseconds:N2} ms (p50), {Flushes.Percentile(.99).TotalMilliseconds:N2} (p99), {Flushes.Percentile(.999).TotalMilliseconds:N2} (p99.9), {Flushes.Greatest.TotalMilliseconds:N1} at the most");
}
