using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Server.Tests.Console;

/// <summary>Streams read by real detectors: quiet ones, one with an episode behind it, one with an open alert, one of two dimensions, a young one.</summary>
internal sealed class SeededStreams
{
    private const int Kept = 600;
    private readonly SortedDictionary<string, StreamView> _views = new(StringComparer.Ordinal);

    public SeededStreams(DateTimeOffset now)
    {
        var random = new Random(5);
        string[] own = ["guard.clicks/all", "guard.ivr/all", "guard.ivr/mobile/in", "guard.score.mean/all", "guard.latency.p99"];
        foreach (var name in own)
        {
            Add(name, 1, now, 900, (row, _) => 40 + 8 * Math.Sin(row / 60.0) + 2 * Noise(random));
        }

        Add("click.latency", 1, now, 900, (row, _) => 41 + 1.5 * Noise(random) + (row >= 893 ? 35 : 0));
        Add("checkout.errors", 1, now, 900, (row, _) => 4 + Noise(random) + (row is >= 600 and < 606 ? 30 : 0));
        Add("cache.hit-ratio", 1, now, 900, (row, _) => (row < 500 ? .93 : .71) + .01 * Noise(random));
        Add("orders <eu>", 1, now, 900, (row, _) => 300 + 60 * Math.Sin(row / 45.0) + 12 * Noise(random));
        Add("queue.depth", 2, now, 900, (row, dimension) => 100 * (dimension + 1) + 10 * Noise(random));
        Add("new.service", 1, now, 12, (row, _) => 7 + Noise(random));
    }

    public IReadOnlyCollection<StreamView> Views => _views.Values;

    public StreamView? Find(string name) => _views.GetValueOrDefault(name);

    private void Add(string name, int dimension, DateTimeOffset now, int rows, Func<int, int, double> value)
    {
        var detector = new StreamDetector(dimension);
        var (readings, alerts, changes) = (new List<StreamReading>(), new List<Alert>(), new List<DateTimeOffset>());
        for (var row = 0; row < rows; row++)
        {
            double[] values = [.. Enumerable.Range(0, dimension).Select(index => value(row, index))];
            var reading = detector.Update(now.AddMinutes(row - rows), values);
            readings.Add(new StreamReading(values, reading));
            if (reading.ChangedSince is { } since)
            {
                changes.Insert(0, DateTimeOffset.FromUnixTimeMilliseconds(since));
            }

            if (reading.Alert == AlertPhase.Started)
            {
                alerts.Insert(0, detector.LatestAlert!);
            }
            else if (reading.Alert is AlertPhase.Ongoing or AlertPhase.Ended && alerts.Count > 0)
            {
                alerts[0] = detector.LatestAlert!;
            }
        }

        var kept = alerts.Select((alert, index) => new StreamAlert($"{name.Length:x2}{alert.Start % 100_000:x}", 100 - index, name, alert)).ToArray();
        var summary = new StreamSummary(name, dimension, rows, readings[^1], kept.FirstOrDefault(alert => alert.Alert.End is null));
        _views[name] = new StreamView(summary, [.. readings.TakeLast(Kept)], kept, changes);
    }

    private static double Noise(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
}
