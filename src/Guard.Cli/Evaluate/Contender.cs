using Guard.Core.Calibration;
using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>One model's part in an evaluation: its scores of the test span, and what its thresholds did there.</summary>
/// <param name="Name">The model as people call it.</param>
/// <param name="Scorer">The model.</param>
/// <param name="Auc">The area under its ROC curve on the test span, where purchasing clicks stand for humans and all others for robots.</param>
/// <param name="TrueAuc">The same by the simulator's truth, where it is known.</param>
/// <param name="Scores">Its scores of the test span.</param>
/// <param name="Curve">Its IVR-FPR curve on the test span.</param>
/// <param name="Global">What one threshold for all traffic did.</param>
/// <param name="Slices">What a threshold for each slice did.</param>
public sealed record Contender(
    string Name, IScorer Scorer, Estimate Auc, Estimate? TrueAuc, float[] Scores, IvrFprCurve Curve, AppliedThresholds Global, AppliedThresholds Slices)
{
    /// <summary>Calibrates a model on one span and measures it on a later one.</summary>
    public static Contender Of(string name, IScorer scorer, TrafficSpan calibration, TrafficSpan test, TruthIndex? truth, CalibrationOptions options)
    {
        var calibrationScores = ScoresOf(scorer, calibration);
        var scores = ScoresOf(scorer, test);
        var sample = new CalibrationSample(calibrationScores, calibration.Purchasing, calibration.Table.Facts);
        return new Contender(
            name,
            scorer,
            Metrics.Auc(scores, [.. test.Purchasing.Select(purchasing => !purchasing)]),
            truth is null ? null : TrueAucOf(scores, test, truth),
            scores,
            IvrFprCurve.Of(scores, test.Purchasing, RoboticSessions.Mark(test.Table.Facts, options.RoboticClicksPerHour)),
            Apply(ThresholdCalibrator.Calibrate(sample, options with { Method = CalibrationMethod.Global }, scorer.Version)),
            Apply(ThresholdCalibrator.Calibrate(sample, options with { Method = CalibrationMethod.Slices }, scorer.Version)));

        AppliedThresholds Apply(ThresholdSet thresholds) => AppliedThresholds.Of(thresholds, scores, test, truth, options.RoboticClicksPerHour);
    }

    private static float[] ScoresOf(IScorer scorer, TrafficSpan span)
    {
        var scores = new float[span.Table.Count];
        scorer.Score(span.Table.Values, scores);
        return scores;
    }

    private static Estimate TrueAucOf(float[] scores, TrafficSpan test, TruthIndex truth)
    {
        var (known, robots) = (new List<float>(scores.Length), new List<bool>(scores.Length));
        for (var row = 0; row < scores.Length; row++)
        {
            if (truth.Of(test.Table.Facts[row].Click) is { } origin)
            {
                known.Add(scores[row]);
                robots.Add(origin.IsRobot);
            }
        }

        return Metrics.Auc([.. known], [.. robots]);
    }
}
