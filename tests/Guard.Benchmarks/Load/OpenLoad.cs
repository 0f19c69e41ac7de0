using System.Buffers;
using System.Diagnostics;
using Guard.Engine.Threading;

namespace Guard.Benchmarks.Load;

/// <summary>
/// Sends requests at times that do not depend on the answers. One thread sends each when it is due, over the connection that was
/// idle for the longest, since a server closes one that is never used, and reads the answers; where none is idle, the request waits for
/// one and counts from when it was due (no coordinated omission).
/// </summary>
/// <param name="connections">The connections.</param>
/// <param name="fill">Makes the next body.</param>
internal sealed class OpenLoad(IReadOnlyList<HttpConnection> connections, Action<ArrayBufferWriter<byte>> fill)
{
    /// <summary>How far behind a request may fall before the rate is given up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private const int MostUrgent = -20;

    private readonly Readiness _answers = new(connections.Count);
    private readonly Queue<int> _idle = new(connections.Count);
    private readonly long[] _due = new long[connections.Count];
    private readonly ArrayBufferWriter<byte> _body = new(1 << 12);

    /// <summary>Runs a load.</summary>
    /// <param name="rate">Requests a second over all connections; infinite for one after another without pause.</param>
    /// <param name="duration">For how long requests are due.</param>
    public LoadResult Run(double rate, TimeSpan duration)
    {
        var (latencies, minutes, slow, refused, early, dropped) = (new LatencyHistogram(), new Minutes(), new SlowStretches(), 0L, 0L, false);
        _idle.Clear();
        for (var place = 0; place < connections.Count; place++)
        {
            _answers.Watch(place, -1);
            _idle.Enqueue(place);
        }

        // Clients are elsewhere: that this thread waits for a processor until the server lets it have one is no latency of the server.
        CurrentThread.SetNiceness(MostUrgent);
        var began = Stopwatch.GetTimestamp();
        var sent = 0L;
        for (var isFilled = false; !dropped;)
        {
            if (!isFilled)
            {
                fill(_body);
                isFilled = true;
            }

            var now = Stopwatch.GetTimestamp();
            var due = double.IsFinite(rate) ? began + (long)(sent / rate * Stopwatch.Frequency) : now;
            if (Stopwatch.GetElapsedTime(began, due) >= duration)
            {
                break;
            }

            if (due <= now && _idle.TryDequeue(out var place))
            {
                _due[place] = due;
                _answers.Watch(place, connections[place].Descriptor);
                connections[place].Send(_body.WrittenSpan);
                sent++;
                isFilled = false;
                Read(TimeSpan.Zero);
            }
            else
            {
                dropped = Stopwatch.GetElapsedTime(due, now) > s_patience;
                Read(due > now ? Stopwatch.GetElapsedTime(now, due) : s_patience);
            }
        }

        while (_idle.Count < connections.Count)
        {
            Read(s_patience);
        }

        return new LoadResult(rate, Stopwatch.GetElapsedTime(began), latencies, minutes, slow, refused, early, dropped);

        void Read(TimeSpan atMost)
        {
            for (var (ready, place) = (_answers.Wait(atMost), 0); ready > 0; place++)
            {
                if (!_answers.IsReady(place))
                {
                    continue;
                }

                ready--;
                if (connections[place].Receive())
                {
                    var answered = Stopwatch.GetTimestamp();
                    var latency = Stopwatch.GetElapsedTime(_due[place], answered);
                    latencies.Add(latency);
                    minutes.Add(Stopwatch.GetElapsedTime(began, _due[place]), latency);
                    slow.Note(_due[place], answered);
                    refused += connections[place].Status == 200 ? 0 : 1;
                    early += connections[place].IsEarly ? 1 : 0;
                    _answers.Watch(place, -1);
                    _idle.Enqueue(place);
                }
            }
        }
    }
}
