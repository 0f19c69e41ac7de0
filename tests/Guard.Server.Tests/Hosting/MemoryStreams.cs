using Guard.Core.Clicks;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Server.Tests.Hosting;

/// <summary>Telemetry streams with real detectors, in memory.</summary>
internal sealed class MemoryStreams : IStreams
{
    private readonly SortedDictionary<string, (StreamDetector Detector, List<StreamReading> Readings)> _streams = new(StringComparer.Ordinal);

    public void Take(TelemetryPoint point)
    {
        if (!_streams.TryGetValue(point.Stream, out var kept))
        {
            _streams[point.Stream] = kept = (new StreamDetector(point.Values.Count), []);
        }

        kept.Readings.Add(new StreamReading(point.Values, kept.Detector.Update(point.Time, [.. point.Values])));
    }

    public ValueTask<IReadOnlyList<StreamSummary>> ListAsync(CancellationToken cancellationToken = default) => new([.. _streams.Keys.Select(SummaryOf)]);

    public ValueTask<StreamView?> FindAsync(string stream, CancellationToken cancellationToken = default) =>
        new(!_streams.TryGetValue(stream, out var kept) ? null : new StreamView(SummaryOf(stream), [.. kept.Readings], [.. AlertsOf(stream)], []));

    public ValueTask<IReadOnlyList<StreamAlert>> AlertsAsync(int maximum, CancellationToken cancellationToken = default) =>
        new([.. _streams.Keys.SelectMany(AlertsOf).Take(maximum)]);

    private StreamSummary SummaryOf(string stream)
    {
        var (detector, readings) = _streams[stream];
        return new(stream, detector.Dimension, detector.Rows, readings.Count > 0 ? readings[^1] : null, AlertsOf(stream).FirstOrDefault(alert => alert.Alert.End is null));
    }

    private IEnumerable<StreamAlert> AlertsOf(string stream) =>
        _streams[stream].Detector.LatestAlert is { } alert ? [new($"{stream}-{alert.Start}", 1, stream, alert)] : [];
}
