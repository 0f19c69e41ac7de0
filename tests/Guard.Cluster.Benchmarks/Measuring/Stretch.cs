using System.Diagnostics;

namespace Guard.Cluster.Benchmarks.Measuring;

/// <summary>What a stretch of work in this process came to.</summary>
/// <param name="Clicks">How many clicks were done.</param>
/// <param name="Elapsed">In which time.</param>
/// <param name="Processor">What the process spent on all processors, collections included.</param>
/// <param name="Allocated">The bytes allocated.</param>
internal sealed record Stretch(long Clicks, TimeSpan Elapsed, TimeSpan Processor, long Allocated)
{
    public double Rate => Clicks / Elapsed.TotalSeconds;

    public double ProcessorNanoseconds => Processor.TotalNanoseconds / Clicks;

    public double BytesAClick => (double)Allocated / Clicks;

    /// <summary>Measures work that tells how many clicks it did.</summary>
    public static async Task<Stretch> MeasureAsync(Func<Task<long>> work)
    {
        using var process = Process.GetCurrentProcess();
        var (allocated, processor, began) = (GC.GetTotalAllocatedBytes(precise: true), process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var clicks = await work();
        var elapsed = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        return new Stretch(clicks, elapsed, process.TotalProcessorTime - processor, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    public static double Median(IEnumerable<Stretch> stretches, Func<Stretch, double> value)
    {
        var sorted = stretches.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>Reads what <see cref="ToLine"/> wrote.</summary>
    public static Stretch Parse(string line)
    {
        var numbers = line.Split(' ').Select(long.Parse).ToArray();
        return new Stretch(numbers[0], TimeSpan.FromTicks(numbers[1]), TimeSpan.FromTicks(numbers[2]), numbers[3]);
    }

    public string ToLine() => $"{Clicks} {Elapsed.Ticks} {Processor.Ticks} {Allocated}";
}
