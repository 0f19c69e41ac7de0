using System.Globalization;
using Guard.Core.Estimation.Detection;

namespace Guard.Cli.Detect;

/// <summary>Writes detections as CSV: the score, what was expected, and 1 on the row that starts an alert.</summary>
internal static class DetectionCsv
{
    public static void Write(TextWriter writer, SeriesDetection detection)
    {
        var several = detection.Names.Count > 1;
        writer.Write(several ? "timestamp,anomaly_score,expected,lower,upper,alert,leading\n" : "timestamp,anomaly_score,expected,lower,upper,alert\n");
        foreach (var (row, reading) in detection.Run())
        {
            var forecast = reading.Forecast;
            var known = reading.State is ReadingState.Scored or ReadingState.Partial or ReadingState.WarmingUp;
            writer.Write(row.Stamp);
            writer.Write(',');
            writer.Write(reading.AnomalyScore.ToString("0.######", CultureInfo.InvariantCulture));
            writer.Write(known ? FormattableString.Invariant($",{forecast.Expected:G9},{forecast.Lower:G9},{forecast.Upper:G9}") : ",,,");
            writer.Write(reading.Alert == AlertPhase.Started ? ",1" : ",0");
            if (several)
            {
                writer.Write(',');
                writer.Write(known ? detection.Names[reading.Leading] : "");
            }

            writer.Write('\n');
        }
    }
}
