using System.Globalization;
using Guard.Core.Estimation.Detection;

namespace Guard.Cli.Detect;

/// <summary>Detections as JSON shows them.</summary>
internal static class DetectionFigures
{
    public static object Of(SeriesDetection detection)
    {
        var rows = detection.Run().Select(one => new
        {
            Timestamp = one.Row.Stamp,
            one.Reading.State,
            one.Reading.AnomalyScore,
            one.Reading.Score,
            one.Reading.Decision,
            one.Reading.Forecast.Expected,
            one.Reading.Forecast.Lower,
            one.Reading.Forecast.Upper,
            Alert = one.Reading.Alert == AlertPhase.Started,
            Leading = detection.Names[one.Reading.Leading],
        }).ToList();
        return new
        {
            Rows = detection.Rows,
            Alerts = detection.Alerts.Select(alert => new
            {
                Start = Stamp(alert.Start),
                Peak = Stamp(alert.Peak),
                End = alert.End is { } end ? Stamp(end) : null,
                alert.Score,
                alert.Expected,
                alert.Observed,
                Contributions = alert.Contributions.Select(part => new { Name = detection.Names[part.Dimension], part.Share }),
            }).ToList(),
            Changes = detection.Changes.Select(change => new { Since = Stamp(change.Since), Accepted = Stamp(change.Accepted) }).ToList(),
            Readings = rows,
        };
    }

    private static string Stamp(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
