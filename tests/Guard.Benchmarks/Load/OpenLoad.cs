using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Guard.Benchmarks.Load;

/// <summary>
/// Sends requests at times that do not depend on the answers. One thread sends each when it is due, over a connection that is
/// idle; where none is, the request waits for one and counts from when it was due (no coordinated omission).
/// </summary>
/// <param name="connections">The connections.</param>
/// <param name="fill">Makes the next body.</param>
internal sealed class OpenLoad(IReadOnlyList<HttpConnection> connections, Action<ArrayBufferWriter<byte>> fill)
{
    /// <summary>How far behind a request may fall before the rate is given up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The shortest rest of the sending thread; the kernel adds some fifty microseconds.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMicroseconds(50);

    /// <summary>Runs a load.</summary>
    /// <param name="rate">Requests a second over all connections; infinite for one after another without pause.</param>
    /// <param name="duration">For how long requests are due.</param>
    /// <param name="mostRequests">After how many requests it ends before its time.</param>
    public Task<LoadResult> RunAsync(double rate, TimeSpan duration, long mostRequests = long.MaxValue) => Task.Factory.StartNew(
        () => Run(rate, duration, mostRequests), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LoadResult Run(double rate, TimeSpan duration, long mostRequests)
    {
        var lanes = connections.Select(connection => new Lane(connection)).ToArray();
        using var idle = new BlockingCollection<Lane>(new ConcurrentStack<Lane>(lanes));
        var body = new ArrayBufferWriter<byte>(1 << 12);
        var (began, dropped) = (Stopwatch.GetTimestamp(), false);
        for (var number = 0L; number < mostRequests; number++)
        {
            fill(body);
            var due = double.IsInfinity(rate) ? Stopwatch.GetElapsedTime(began) : TimeSpan.FromSeconds(number / rate);
            if (due >= duration)
            {
                break;
            }

            for (TimeSpan ahead; (ahead = due - Stopwatch.GetElapsedTime(began)) > TimeSpan.Zero;)
            {
                ShortRest.For(ahead < s_rest ? ahead : s_rest);
            }

            var lane = idle.Take();
            if (!double.IsInfinity(rate) && Stopwatch.GetElapsedTime(began) - due > s_patience)
            {
                idle.Add(lane);
                dropped = true;
                break;
            }

            lane.Connection.Send(body.WrittenSpan);
            _ = FinishAsync(lane, idle, double.IsInfinity(rate) ? Stopwatch.GetTimestamp() : began + (long)(due.TotalSeconds * Stopwatch.Frequency));
        }

        foreach (var _ in lanes)
        {
            idle.Take();
        }

        var all = new LatencyHistogram();
        Array.ForEach(lanes, lane => all.Add(lane.Latencies));
        return lanes.FirstOrDefault(lane => lane.Fault is not null) is { Fault: { } fault }
            ? throw new IOException("A request under load came to nothing.", fault)
            : new LoadResult(rate, Stopwatch.GetElapsedTime(began), all, lanes.Sum(lane => lane.Refused), dropped);
    }

    private static async Task FinishAsync(Lane lane, BlockingCollection<Lane> idle, long due)
    {
        try
        {
            lane.Refused += await lane.Connection.AnswerAsync(CancellationToken.None) == 200 ? 0 : 1;
            lane.Latencies.Add(Stopwatch.GetElapsedTime(due));
        }
        catch (IOException exception)
        {
            lane.Fault = exception;
        }

        idle.Add(lane);
    }

    /// <summary>A connection with what was measured over it.</summary>
    private sealed class Lane(HttpConnection connection)
    {
        public HttpConnection Connection => connection;

        public LatencyHistogram Latencies { get; } = new();

        public long Refused { get; set; }

        public Exception? Fault { get; set; }
    }
}
