using System.Text.Json;
using Guard.Core.Calibration;
using Guard.Core.Hosting;

namespace Guard.Server.Answers;

/// <summary>Turns what a host says into what the API answers: enumerations as words, and null for what no JSON number can say.</summary>
internal static class Answer
{
    public static ReceiptAnswer Of(Receipt receipt) =>
        new(receipt.Accepted, receipt.Duplicates, receipt.Quarantined, [.. receipt.Rejections.Select(Of)]);

    public static RejectionAnswer Of(RejectedEntry entry) => new(entry.Index, entry.Line, Word(entry.Reason), entry.Detail);

    public static UserCountersAnswer Of(Core.Counters.UserCounters counters) => new(
        counters.Clicks.Minute, counters.Clicks.TenMinutes, counters.Clicks.Hour, counters.Clicks.Day, counters.RateTenSeconds, counters.RateTenMinutes, counters.RateSixHours,
        counters.Gap, counters.Gaps, counters.GapMean, counters.GapVariance, counters.ActiveHours, counters.SessionClicks);

    public static SliceAnswer Of(SliceTraffic slice) =>
        new(slice.Slice.ToString(), Of(slice.LastHour), Of(slice.LastDay), Finite(slice.Threshold), slice.ThresholdSlice.ToString());

    public static SliceCourseAnswer Of(SliceCourse course) => new(
        Of(course.Traffic),
        [.. course.Intervals.Select(interval => new IntervalAnswer(interval.Start, interval.Length.TotalSeconds, Of(interval.Tally)))],
        [.. course.Curve.Select(point => new CurvePointAnswer(point.Threshold, point.Ivr, Finite(point.Fpr)))]);

    public static TrafficAnswer Of(TrafficNow now) => new(
        now.Started, now.Newest, now.Clicks, now.GeneralInvalid, now.SophisticatedInvalid, now.Purchases, now.Telemetry, now.Duplicates, now.Quarantined, now.ClicksPerSecond,
        new(now.Latency.Count, now.Latency.P50.TotalMilliseconds, now.Latency.P99.TotalMilliseconds, now.Latency.P999.TotalMilliseconds, now.Latency.Greatest.TotalMilliseconds),
        now.QueueAge.TotalMilliseconds, now.Users, now.Entities, now.SnapshotAge?.TotalSeconds, now.StoredBytes);

    public static PolicyAnswer Of(PolicyView policy) => new(
        new(policy.Model.Name, policy.Model.Version, Word(policy.Model.Kind), policy.Model.SpanStart, policy.Model.SpanEnd, policy.Model.Clicks),
        new(policy.Thresholds.Version, policy.Thresholds.Calibration.ModelVersion, [.. policy.Thresholds.Slices.Select(Of)]),
        policy.Since, policy.Checked, policy.Fault, policy.AccessEntries, policy.CrawlerPatterns);

    public static StreamAnswer Of(StreamSummary stream) =>
        new(stream.Stream, stream.Dimension, stream.Rows, stream.Newest is { } newest ? Of(newest) : null, stream.Open is { } open ? Of(open) : null);

    public static StreamDetailAnswer Of(StreamView stream) =>
        new(Of(stream.Summary), [.. stream.Readings.Select(Of)], [.. stream.Alerts.Select(Of)], stream.ChangePoints);

    public static AlertAnswer Of(StreamAlert alert) => new(
        alert.Id, alert.Number, alert.Stream, Time(alert.Alert.Start), Time(alert.Alert.Peak), alert.Alert.End is { } end ? Time(end) : null, alert.Alert.Score,
        Finite(alert.Alert.Expected), Finite(alert.Alert.Observed), [.. alert.Alert.Contributions.Select(part => new ContributionAnswer(part.Dimension, part.Share))]);

    // The folder is the deployment's business; the name is enough for who may look there.
    public static QuarantineAnswer Of(QuarantineView view) => new(
        view.Counts.ToDictionary(count => Word(count.Key), count => count.Value, StringComparer.Ordinal),
        [.. view.Newest.Select(row => new QuarantinedAnswer(row.Arrived, Word(row.Reason), row.Detail, row.Origin, row.Line, row.Length))],
        Path.GetFileName(view.File));

    /// <summary>Gets an enumeration's value as a word in camel case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static TallyAnswer Of(TrafficTally tally) =>
        new(tally.Clicks, tally.Invalid, Of(tally.Ivr), tally.MeanScore, tally.Purchased, tally.PurchasedInvalid, Of(tally.Fpr));

    private static ThresholdAnswer Of(SliceThreshold slice) => new(
        slice.Slice.ToString(), Finite(slice.Threshold), slice.Source.ToString(), Word(slice.BackOff), Of(slice.Ivr), Of(slice.Fpr), Of(slice.Coverage));

    private static ReadingAnswer Of(StreamReading stream)
    {
        var reading = stream.Reading;
        return new(
            Time(reading.Time), [.. stream.Values.Select(Finite)], Word(reading.State), Finite(reading.Score), Finite(reading.AnomalyScore), Word(reading.Decision), reading.Leading,
            Finite(reading.Forecast.Expected), Finite(reading.Forecast.Lower), Finite(reading.Forecast.Upper), Word(reading.Alert));
    }

    private static RateAnswer Of(Rate rate) => new(rate.Value, rate.Lower, rate.Upper);

    private static RateAnswer? Of(Rate? rate) => rate is { } known ? Of(known) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
