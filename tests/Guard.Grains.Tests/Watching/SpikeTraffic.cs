using System.Globalization;
using System.Text;
using Guard.Core.Clicks;
using Guard.Grains.Ingest;

namespace Guard.Grains.Tests.Watching;

/// <summary>Readings of streams that now and then leave what is usual, and for good once.</summary>
internal static class SpikeTraffic
{
    private const long Start = 1_767_225_600_000;
    private const long Step = 300_000;

    public static TelemetryPoint[] Points(int streams, int rows)
    {
        var random = new Random(11);
        var points = new TelemetryPoint[streams * rows];
        for (var index = 0; index < points.Length; index++)
        {
            var (row, stream) = (index / streams, index % streams);
            var spikes = row >= 300 && (row + 50 * stream) % 200 < 5;
            points[index] = new TelemetryPoint($"probe-{stream}", Start + row * Step, [Math.Round(10 + random.NextDouble() + (spikes ? 40 : 0) + (row > 900 ? 15 : 0), 3)]);
        }

        return points;
    }

    public static HubMessage[] Messages(IEnumerable<TelemetryPoint> points) => [.. points.Select((point, index) => new HubMessage
    {
        SequenceNumber = index,
        Offset = $"{index}",
        EnqueuedTime = point.Time,
        Body = Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"t-{{index}}","source":"/probes","type":"guard.telemetry.v1","time":"{{DateTimeOffset.FromUnixTimeMilliseconds(point.Time):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","data":{"stream":"{{point.Stream}}","values":[{{point.Values[0].ToString(CultureInfo.InvariantCulture)}}] } }"""),
    })];
}
