namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>What a stretch of counting came to.</summary>
/// <param name="Clicks">How many clicks were counted.</param>
/// <param name="Elapsed">In which time.</param>
/// <param name="Processor">What the process spent on all processors, collections included.</param>
/// <param name="Allocated">The bytes allocated.</param>
internal sealed record WayRun(long Clicks, TimeSpan Elapsed, TimeSpan Processor, long Allocated)
{
    public double Rate => Clicks / Elapsed.TotalSeconds;

    public double ProcessorNanoseconds => Processor.TotalNanoseconds / Clicks;

    public double BytesAClick => (double)Allocated / Clicks;

    /// <summary>Reads what <see cref="ToLine"/> wrote.</summary>
    public static WayRun Parse(string line)
    {
        var numbers = line.Split(' ').Select(long.Parse).ToArray();
        return new WayRun(numbers[0], TimeSpan.FromTicks(numbers[1]), TimeSpan.FromTicks(numbers[2]), numbers[3]);
    }

    public string ToLine() => $"{Clicks} {Elapsed.Ticks} {Processor.Ticks} {Allocated}";
}
