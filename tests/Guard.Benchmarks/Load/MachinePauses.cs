using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace Guard.Benchmarks.Load;

/// <summary>
/// How long threads that did nothing but look at the clock were held up, one on each processor: by the machine, and by what the
/// idle server does at that time, such as a snapshot. On a shared host no latency is better than this, so it is told beside each.
/// </summary>
/// <param name="Watched">The time watched, over all processors.</param>
/// <param name="Held">What of it was lost in pauses of at least <see cref="Least"/>.</param>
/// <param name="Greatest">The longest pause.</param>
internal sealed record MachinePauses(TimeSpan Watched, TimeSpan Held, TimeSpan Greatest)
{
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(4);

    /// <summary>The shortest pause that counts: interrupts take less.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromMicroseconds(300);

    /// <summary>Watches the processors for four seconds.</summary>
    public static MachinePauses Watch()
    {
        var seen = new (TimeSpan Held, TimeSpan Greatest)[Processors()];
        Thread[] threads = [.. seen.Select((_, processor) => new Thread(() => seen[processor] = Spin()))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return new MachinePauses(s_each * seen.Length, seen.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Held), seen.Max(one => one.Greatest));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"threads that only look at the clock were held up for {100 * (Held / Watched):N2} % of {s_each.TotalSeconds:N0} s, for {Greatest.TotalMilliseconds:N1} ms at the most");

    // The framework's count is of the process's start, before the load was given processors of its own.
    private static int Processors()
    {
        using var self = Process.GetCurrentProcess();
        return OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? BitOperations.PopCount((ulong)self.ProcessorAffinity) : Environment.ProcessorCount;
    }

    private static (TimeSpan Held, TimeSpan Greatest) Spin()
    {
        var (held, greatest) = (TimeSpan.Zero, TimeSpan.Zero);
        var begun = Stopwatch.GetTimestamp();
        for (var (last, now) = (begun, begun); Stopwatch.GetElapsedTime(begun, now) < s_each; last = now)
        {
            now = Stopwatch.GetTimestamp();
            var pause = Stopwatch.GetElapsedTime(last, now);
            held += pause >= Least ? pause : TimeSpan.Zero;
            greatest = pause > greatest ? pause : greatest;
        }

        return (held, greatest);
    }
}
