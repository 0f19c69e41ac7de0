using System.Diagnostics;
using System.Globalization;

namespace Guard.Benchmarks.Load;

/// <summary>
/// The stretches of time whose requests were slow: of requests that one pause holds up, each is late, so a count of late
/// requests says less than how often and for how long there was a pause, and when, to look for in logs and traces.
/// </summary>
internal sealed class SlowStretches
{
    private const int Told = 8;
    private readonly List<(long Due, long Answered)> _stretches = [];

    /// <summary>The latency from which a request is slow.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Notes an answer, if it was slow.</summary>
    /// <param name="due">When its request was due, in ticks of the stopwatch.</param>
    /// <param name="answered">When it came.</param>
    public void Note(long due, long answered)
    {
        if (Stopwatch.GetElapsedTime(due, answered) < Least)
        {
            return;
        }

        if (_stretches.Count > 0 && due <= _stretches[^1].Answered)
        {
            _stretches[^1] = (Math.Min(due, _stretches[^1].Due), answered);
        }
        else
        {
            _stretches.Add((due, answered));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var (now, ticks) = (TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
        var lengths = _stretches.Select(stretch => (Began: now - Stopwatch.GetElapsedTime(stretch.Due, ticks), Length: Stopwatch.GetElapsedTime(stretch.Due, stretch.Answered))).ToArray();
        var longest = lengths.OrderByDescending(stretch => stretch.Length).Take(Told).Select(stretch => string.Create(CultureInfo.InvariantCulture, $"{stretch.Length.TotalMilliseconds:N0} ms at {stretch.Began:HH:mm:ss.fff}"));
        return lengths.Length == 0
            ? $"no request took {Least.TotalMilliseconds:N0} ms"
            : string.Create(CultureInfo.InvariantCulture, $"requests of over {Least.TotalMilliseconds:N0} ms in {lengths.Length:N0} stretches, {lengths.Sum(stretch => stretch.Length.TotalSeconds):N2} s in all, the longest {string.Join(", ", longest)} (UTC)");
    }
}
