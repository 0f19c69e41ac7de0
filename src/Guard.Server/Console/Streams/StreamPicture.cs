using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;
using Guard.Pictures;

namespace Guard.Server.Console.Streams;

/// <summary>What the charts of one dimension of a stream draw.</summary>
internal sealed class StreamPicture(StreamView view, int dimension)
{
    // A stream that never moves is expected to stay within what arithmetic rounds off.
    private const double Noise = 1e-12;

    private readonly double[] _times = [.. view.Readings.Select(reading => (double)reading.Reading.Time)];

    /// <summary>Gets whether a reading's forecast and scores mean something.</summary>
    public static bool IsScored(Reading reading) => reading.State is ReadingState.Scored or ReadingState.Partial;

    /// <summary>Gets the values, and what was expected with its 98 % range; of several dimensions a reading tells it of the leading one alone, which changes.</summary>
    public IReadOnlyList<Series> Values()
    {
        double[] Of(Func<Forecast, double> part) => [.. view.Readings.Select(reading => IsScored(reading.Reading) ? Still(part(reading.Reading.Forecast)) : double.NaN)];

        var observed = new Series("observed", _times, [.. view.Readings.Select(reading => dimension < reading.Values.Count ? reading.Values[dimension] : double.NaN)]) { Colour = 0 };
        return view.Summary.Dimension > 1
            ? [observed]
            : [new Series("expected", _times, Of(forecast => forecast.Expected)) { Lower = Of(forecast => forecast.Lower), Upper = Of(forecast => forecast.Upper), Colour = 7, Dashed = true }, observed];
    }

    public IReadOnlyList<Series> Scores() =>
        [new Series("anomaly score", _times, [.. view.Readings.Select(reading => IsScored(reading.Reading) ? reading.Reading.AnomalyScore : double.NaN)]) { Colour = 1 }];

    /// <summary>Gets the stretches of the alerts; one that goes on reaches the newest reading.</summary>
    public IReadOnlyList<Zone> Alerts() =>
    [
        .. view.Alerts.Select(alert => new Zone(
            alert.Alert.Start, alert.Alert.End ?? _times.LastOrDefault(alert.Alert.Start), $"alert of score {alert.Alert.Score:0.00}, {(alert.Alert.End is null ? "open" : "ended")}")),
    ];

    /// <summary>Gets the marks of the shifts of the level.</summary>
    public IReadOnlyList<Mark> ChangePoints() =>
        [.. view.ChangePoints.Select(time => (double)time.ToUnixTimeMilliseconds()).Where(time => _times.Length > 0 && time >= _times[0]).Select(time => new Mark(time, double.NaN, "new level", 6))];

    private static double Still(double value) => Math.Abs(value) < Noise ? 0 : value;
}
