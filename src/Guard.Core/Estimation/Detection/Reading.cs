using System.Runtime.InteropServices;
using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Estimation.Detection;

/// <summary>What the detector says of one row.</summary>
/// <param name="Time">The row's time, in Unix milliseconds.</param>
/// <param name="State">What became of the row; scores and decision mean something for Scored and Partial only.</param>
/// <param name="Score">
/// The information-theoretic outlier score: −log10 of the share of this stream's rows with as much evidence. 3 means one row in a thousand, on any
/// stream. Beyond what was seen it is extrapolated by an exponential tail.
/// </param>
/// <param name="AnomalyScore">
/// What is new about this row, in [0, 1): the evidence less what the episodes of the last rows already explain; 0.6 starts an alert by default.
/// </param>
/// <param name="Decision">Anomaly, benign or abstain, by a confidence sequence for a high quantile of the evidence.</param>
/// <param name="Forecast">What was expected in the leading dimension.</param>
/// <param name="Leading">The dimension with most evidence.</param>
/// <param name="Alert">Where the row stands towards an alert; <see cref="StreamDetector.LatestAlert"/> has the particulars.</param>
/// <param name="ChangedSince">When a level shift began that this row made the new normal, in Unix milliseconds; null otherwise.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Reading(
    long Time,
    ReadingState State,
    double Score,
    double AnomalyScore,
    ThresholdDecision Decision,
    Forecast Forecast,
    int Leading,
    AlertPhase Alert,
    long? ChangedSince);
