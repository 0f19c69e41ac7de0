using System.Diagnostics;
using Guard.Benchmarks.Load;
using Guard.Grains.Scoring;

namespace Guard.Cluster.Benchmarks.Scoring;

/// <summary>
/// Calls <see cref="IInferenceGrain"/> at fixed times that do not depend on the answers, each call as soon as it is due, and
/// takes the time from then to its answer.
/// </summary>
/// <param name="grains">The way to the grain: a silo's own or a client's.</param>
/// <param name="clicks">Makes clicks.</param>
internal sealed class ScoreStream(IGrainFactory grains, ClickLoad clicks)
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMicroseconds(50);
    private readonly IInferenceGrain _inference = grains.GetGrain<IInferenceGrain>(0);
    private readonly LatencyHistogram _latencies = new();
    private readonly Lock _lock = new();

    /// <summary>Runs a load.</summary>
    /// <param name="grains">The way to the grain.</param>
    /// <param name="clicks">Makes clicks.</param>
    /// <param name="rate">Calls a second.</param>
    /// <param name="duration">For how long calls are due.</param>
    /// <returns>A line with the calls answered a second, and percentiles and the greatest in milliseconds.</returns>
    public static Task<string> RunAsync(IGrainFactory grains, ClickLoad clicks, double rate, TimeSpan duration) => Task.Factory.StartNew(
        () => new ScoreStream(grains, clicks).RunAsync(rate, duration), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private async Task<string> RunAsync(double rate, TimeSpan duration)
    {
        var calls = new List<Task>((int)(rate * duration.TotalSeconds) + 1);
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        var began = Stopwatch.GetTimestamp();
        for (var number = 0L; number < rate * duration.TotalSeconds; number++)
        {
            clicks.Fill(body, 1);
            var due = TimeSpan.FromSeconds(number / rate);
            for (TimeSpan ahead; (ahead = due - Stopwatch.GetElapsedTime(began)) > TimeSpan.Zero;)
            {
                ShortRest.For(ahead < s_rest ? ahead : s_rest);
            }

            calls.Add(CallAsync(body.WrittenSpan[..^1].ToArray(), began + (long)(due.TotalSeconds * Stopwatch.Frequency)));
        }

        await Task.WhenAll(calls);
        var achieved = calls.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        return $"{achieved:F0} {Milliseconds(.5)} {Milliseconds(.99)} {Milliseconds(.999)} {_latencies.Greatest.TotalMilliseconds:F3}";
    }

    private async Task CallAsync(byte[] click, long due)
    {
        await _inference.ScoreAsync(click);
        var latency = Stopwatch.GetElapsedTime(due);
        lock (_lock)
        {
            _latencies.Add(latency);
        }
    }

    private string Milliseconds(double share) => $"{_latencies.Percentile(share).TotalMilliseconds:F3}";
}
