using System.Globalization;

namespace Guard.Benchmarks.Load;

/// <summary>
/// A long load minute by minute, each with what the host of this machine took of its processors meanwhile: a slow minute in which it took
/// much says something of the machine, one in which it took nothing of the server.
/// </summary>
internal sealed class Minutes
{
    private readonly List<(LatencyHistogram Latencies, StolenTime Begin)> _minutes = [];

    /// <summary>Records a latency.</summary>
    /// <param name="due">When its request was due, from the begin of the load.</param>
    /// <param name="latency">The latency.</param>
    public void Add(TimeSpan due, TimeSpan latency)
    {
        var minute = (int)due.TotalMinutes;
        while (_minutes.Count <= minute)
        {
            _minutes.Add((new LatencyHistogram(), StolenTime.Now()));
        }

        _minutes[minute].Latencies.Add(latency);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StolenTime[] ends = [.. _minutes.Skip(1).Select(minute => minute.Begin), StolenTime.Now()];
        var told = _minutes.Select((minute, place) => string.Create(
            CultureInfo.InvariantCulture, $"{minute.Latencies.Percentile(.999).TotalMilliseconds:N1} ({100 * ends[place].ShareSince(minute.Begin):N2})"));
        return $"p99.9 in ms of each minute, and in brackets the percentage of the processors that the machine's host took: {string.Join(", ", told)}";
    }
}
