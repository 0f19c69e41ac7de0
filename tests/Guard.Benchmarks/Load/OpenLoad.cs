using System.Buffers;
using System.Diagnostics;

namespace Guard.Benchmarks.Load;

/// <summary>
/// Sends requests at times that do not depend on the answers, over several connections by turns. A request that is due while its
/// connection still waits for an answer counts from when it was due (no coordinated omission); one whose connection is
/// idle counts from when it is sent, so that the coarse timer of this process does not count as the server's latency.
/// </summary>
/// <param name="connections">The connections; each is used by one task.</param>
/// <param name="fill">Makes the next body.</param>
internal sealed class OpenLoad(IReadOnlyList<HttpConnection> connections, Action<ArrayBufferWriter<byte>> fill)
{
    /// <summary>How far behind a connection may fall before the rate is given up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits shorter than this are not worth a timer of a millisecond.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);

    /// <summary>Runs a load.</summary>
    /// <param name="rate">Requests a second over all connections; infinite for one after another without pause.</param>
    /// <param name="duration">For how long requests are due.</param>
    /// <param name="mostRequests">After how many requests it ends before its time.</param>
    public async Task<LoadResult> RunAsync(double rate, TimeSpan duration, long mostRequests = long.MaxValue)
    {
        var (all, refused, dropped, sent) = (new LatencyHistogram(), 0L, false, 0L);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select((connection, index) => Task.Run(() => DriveAsync(connection, index))));
        return new LoadResult(rate, Stopwatch.GetElapsedTime(began), all, refused, dropped);

        async Task DriveAsync(HttpConnection connection, int index)
        {
            var (latencies, bad, body) = (new LatencyHistogram(), 0L, new ArrayBufferWriter<byte>(1 << 12));
            for (var number = 0L; !Volatile.Read(ref dropped) && Interlocked.Increment(ref sent) <= mostRequests; number++)
            {
                fill(body);
                var due = double.IsInfinity(rate) ? Stopwatch.GetElapsedTime(began) : TimeSpan.FromSeconds(((number * connections.Count) + index) / rate);
                if (due >= duration)
                {
                    break;
                }

                var now = Stopwatch.GetElapsedTime(began);
                if (now < due)
                {
                    if (due - now > s_soon)
                    {
                        await Task.Delay(due - now);
                    }

                    due = Stopwatch.GetElapsedTime(began);
                }

                bad += await connection.PostAsync(body.WrittenMemory, CancellationToken.None) == 200 ? 0 : 1;
                var latency = Stopwatch.GetElapsedTime(began) - due;
                latencies.Add(latency);
                if (latency > s_patience && !double.IsInfinity(rate))
                {
                    Volatile.Write(ref dropped, true);
                }
            }

            lock (all)
            {
                all.Add(latencies);
                refused += bad;
            }
        }
    }
}
