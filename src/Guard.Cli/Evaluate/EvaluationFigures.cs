using Guard.Core.Calibration;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>An evaluation's figures as a program reads them.</summary>
/// <param name="TestedFrom">When the test span begins.</param>
/// <param name="Models">A row for each model under each kind of threshold and slice.</param>
internal sealed record EvaluationFigures(DateTimeOffset TestedFrom, IReadOnlyList<EvaluationFigures.Row> Models)
{
    private const double Confidence = .95;

    public static EvaluationFigures Of(Evaluation evaluation) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(evaluation.TestedFrom),
        [.. evaluation.Contenders.SelectMany(contender => Rows(contender, "global", contender.Global).Concat(Rows(contender, "slices", contender.Slices)))]);

    private static IEnumerable<Row> Rows(Contender contender, string name, AppliedThresholds applied) =>
        applied.Measured.Slices.Where(slice => slice.Depth <= 2).Select(slice =>
        {
            var counts = applied.Measured.Counts(slice);
            var threshold = applied.Thresholds.ThresholdOf(slice);
            return new Row(
                contender.Name,
                name,
                slice.ToString(),
                float.IsFinite(threshold) ? threshold : null,
                contender.Auc,
                contender.TrueAuc,
                counts,
                counts.IvrRate(Confidence),
                counts.FprRate(Confidence),
                counts.CoverageRate(Confidence),
                applied.Measured.Truth(slice) is { } truth ? new Truth(truth.Robots, truth.Caught, truth.Humans, truth.Lost) : null);
        });

    /// <summary>One model under one kind of threshold in one slice.</summary>
    internal sealed record Row(
        string Model, string Thresholds, string Slice, float? Threshold, Estimate Auc, Estimate? TrueAuc, ClickCounts Counts, Rate? Ivr, Rate? Fpr, Rate? Coverage, Truth? Truth);

    /// <summary>What the verdicts did by the simulator's truth.</summary>
    internal sealed record Truth(int Robots, int Caught, int Humans, int Lost);
}
