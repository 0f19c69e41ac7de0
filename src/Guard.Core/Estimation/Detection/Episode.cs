namespace Guard.Core.Estimation.Detection;

/// <summary>What is new about a row's evidence, and the episode that it belongs to. Plain data.</summary>
/// <remarks>
/// A bar a little above the evidence of the last novel row sinks to nothing over <see cref="Tuning.HoldRows"/> rows; what stays below it is more of
/// the same and has no score.
/// </remarks>
internal struct Episode
{
    public const int Kept = 3;

    private double _explained;
    private double _hold;
    private double _peakEvidence;
    private int _quiet;

    public long Start { get; private set; }

    public long Peak { get; private set; }

    public long LastWarm { get; private set; }

    public double PeakScore { get; private set; }

    public double Expected { get; private set; }

    public double Observed { get; private set; }

    public bool IsOpen { get; private set; }

    public bool Any { get; private set; }

    /// <summary>Returns the evidence that no recent episode explains, and remembers it.</summary>
    public double Novel(double evidence)
    {
        _hold = Math.Max(0, _hold - (1 / Tuning.HoldRows));
        if (evidence <= _explained * _hold)
        {
            return 0;
        }

        (_explained, _hold) = (evidence * Tuning.HoldFactor, 1);
        return evidence;
    }

    /// <summary>Takes a row; returns where it stands.</summary>
    /// <param name="time">Unix milliseconds.</param>
    /// <param name="score">The anomaly score.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="warm">How much evidence keeps an episode open.</param>
    /// <param name="options">The detector's settings.</param>
    /// <param name="peaked">Whether this row is the episode's peak so far.</param>
    public AlertPhase Take(long time, double score, double evidence, double warm, StreamDetectorOptions options, out bool peaked)
    {
        peaked = false;
        if (!IsOpen)
        {
            if (score < options.AlertAt)
            {
                return AlertPhase.None;
            }

            (IsOpen, Any, Start, _peakEvidence, PeakScore) = (true, true, time, double.NegativeInfinity, 0);
        }

        var first = Start == time && double.IsNegativeInfinity(_peakEvidence);
        if (evidence >= warm)
        {
            (_quiet, LastWarm) = (0, time);
        }
        else if (++_quiet > options.QuietRows)
        {
            (IsOpen, _quiet) = (false, 0);
            return AlertPhase.Ended;
        }

        PeakScore = Math.Max(PeakScore, score);
        if (evidence > _peakEvidence)
        {
            (peaked, _peakEvidence, Peak) = (true, evidence, time);
        }

        return first ? AlertPhase.Started : AlertPhase.Ongoing;
    }

    /// <summary>Keeps what stood at the peak.</summary>
    public void KeepPeak(double expected, double observed) => (Expected, Observed) = (expected, observed);
}
