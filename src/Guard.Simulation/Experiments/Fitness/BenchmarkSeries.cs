using System.Globalization;
using System.Text.Json;

namespace Guard.Simulation.Experiments.Fitness;

/// <summary>Series of the Numenta Anomaly Benchmark as points: the last four values together.</summary>
public static class BenchmarkSeries
{
    private const int Lags = 4;
    private const double OfflineShare = 0.15;

    /// <summary>Reads a series and its anomaly windows from <c>series/nab</c> in a data folder.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A line does not read; the message names it.</exception>
    public static LabelledPoints Load(string dataFolder, string series)
    {
        var root = Path.Combine(dataFolder, "series", "nab");
        var times = new List<string>();
        var values = new List<double>();
        foreach (var line in File.ReadLines(Path.Combine(root, series)).Skip(1))
        {
            var comma = line.IndexOf(',');
            if (comma < 0 || !double.TryParse(line.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                throw new InvalidDataException($"Line {values.Count + 2} of {series} is not a time and a number.");
            }

            times.Add(line[..comma]);
            values.Add(value);
        }

        using var windows = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "windows.json")));
        (string From, string To)[] spans =
            [.. windows.RootElement.GetProperty(series).EnumerateArray().Select(static w => (w[0].GetString() ?? string.Empty, w[1].GetString() ?? string.Empty))];
        var count = values.Count - Lags + 1;
        var points = new double[count * Lags];
        var anomalous = new bool[count];
        for (var t = 0; t < count; t++)
        {
            for (var lag = 0; lag < Lags; lag++)
            {
                points[(t * Lags) + lag] = values[t + lag];
            }

            // Both are written year first, so that text order is time order.
            var time = times[t + Lags - 1];
            anomalous[t] = spans.Any(span => string.CompareOrdinal(time, span.From[..time.Length]) >= 0 && string.CompareOrdinal(time, span.To[..time.Length]) <= 0);
        }

        return new LabelledPoints(Path.GetFileNameWithoutExtension(series), Lags, points, anomalous, (int)(OfflineShare * count));
    }
}
