using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Scoring;
using Guard.Pictures;

namespace Guard.Cli.Evaluate;

/// <summary>The series that the report's charts draw, taken from an evaluation.</summary>
internal sealed class ReportPictures(Evaluation evaluation)
{
    /// <summary>The greatest FPR that the curves show: what lies beyond, nobody would run.</summary>
    public const double GreatestFpr = .1;

    private const int Bins = 50;
    private const long Hour = 3_600_000;

    public IReadOnlyList<double> BinEdges { get; } = [.. Enumerable.Range(0, Bins + 1).Select(bin => bin / (double)Bins)];

    /// <summary>Gets the IVR-FPR curve of each model, with the operating points of the network's thresholds.</summary>
    public (IReadOnlyList<Series> Curves, IReadOnlyList<Mark> Marks) ModelCurves()
    {
        var network = evaluation.Network;
        return (
            [.. evaluation.Contenders.Select(contender => Curve(contender.Name, contender.Curve))],
            [.. Point(network.Global.Measured.Counts(Slice.All), "global threshold", 0, hollow: true), .. Point(network.Slices.Measured.Counts(Slice.All), "slice thresholds", 0, hollow: false)]);
    }

    /// <summary>Gets the network's IVR-FPR curve in each slice of one level that has purchasing clicks, with its two thresholds marked.</summary>
    public (IReadOnlyList<Series> Curves, IReadOnlyList<Mark> Marks) SliceCurves()
    {
        var network = evaluation.Network;
        var (curves, marks) = (new List<Series>(), new List<Mark>());
        foreach (var slice in network.Slices.Measured.Slices.Where(slice => slice.Depth == 1 && network.Slices.Measured.Counts(slice).Purchasing > 0))
        {
            var rows = Enumerable.Range(0, evaluation.Test.Table.Count).Where(row => evaluation.Test.Table.Facts[row].Slice.Parent.Parent == slice).ToArray();
            var curve = IvrFprCurve.Of([.. rows.Select(row => network.Scores[row])], [.. rows.Select(row => evaluation.Test.Purchasing[row])], []);
            marks.AddRange(Point(network.Global.Measured.Counts(slice), $"{slice}, global threshold", curves.Count, hollow: true));
            marks.AddRange(Point(network.Slices.Measured.Counts(slice), $"{slice}, slice threshold", curves.Count, hollow: false));
            curves.Add(Curve(slice.ToString(), curve));
        }

        return (curves, marks);
    }

    /// <summary>Gets the network's scores by who made the click, or by purchase where the truth is not known.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double> Heights)> Scores()
    {
        var names = evaluation.Truth is null ? new[] { "purchasing", "other" } : ["human", "robot"];
        var heights = new[] { new double[Bins], new double[Bins] };
        for (var row = 0; row < evaluation.Network.Scores.Length; row++)
        {
            var second = evaluation.Truth is null
                ? !evaluation.Test.Purchasing[row]
                : evaluation.Truth.Of(evaluation.Test.Table.Facts[row].Click) is { IsRobot: true };
            heights[second ? 1 : 0][Math.Min((int)(evaluation.Network.Scores[row] * Bins), Bins - 1)]++;
        }

        return [(names[0], heights[0]), (names[1], heights[1])];
    }

    /// <summary>Gets the marks of the thresholds that stand in the score histogram.</summary>
    public IReadOnlyList<Mark> ScoreMarks() =>
        evaluation.Network.Global.Thresholds.All.Threshold is var threshold && float.IsFinite(threshold) ? [new Mark(threshold, double.NaN, "global threshold", 7)] : [];

    /// <summary>Gets the replayed clicks of each verdict, hour by hour.</summary>
    public IReadOnlyList<Series> Verdicts()
    {
        if (evaluation.Replay is not { } replay)
        {
            return [];
        }

        double[] times = [.. replay.Hours.Keys.Select(hour => (double)hour)];
        return
        [
            .. new[] { (Verdict.Valid, "valid", 2), (Verdict.GeneralInvalid, "invalid by list (GIVT)", 4), (Verdict.SophisticatedInvalid, "invalid by model (SIVT)", 1) }
                .Select(item => new Series(item.Item2, times, [.. replay.Hours.Values.Select(counts => (double)counts[(int)item.Item1])]) { Colour = item.Item3, Steps = true }),
        ];
    }

    /// <summary>Gets the marks at which the spans for calibration and test begin.</summary>
    public IReadOnlyList<Mark> SpanMarks() =>
        [new Mark(evaluation.CalibratedFrom, double.NaN, "calibration", 7), new Mark(evaluation.TestedFrom, double.NaN, "test", 7)];

    /// <summary>Gets the invalidated share of each kind of robot, under global and under slice thresholds.</summary>
    public (IReadOnlyList<string> Kinds, IReadOnlyList<Series> Members) Recall()
    {
        var network = evaluation.Network;
        var kinds = network.Slices.Measured.Kinds.Where(kind => kind.Value.Robots > 0).Select(kind => kind.Key).ToArray();
        return (kinds,
        [
            new Series("global threshold", [], [.. kinds.Select(kind => network.Global.Measured.Kinds[kind].Recall)]) { Colour = 7 },
            new Series("slice thresholds", [], [.. kinds.Select(kind => network.Slices.Measured.Kinds[kind].Recall)]) { Colour = 0 },
        ]);
    }

    /// <summary>Gets the invalidated share in each hour of the week of the test span; NaN where there are no clicks.</summary>
    public IReadOnlyList<IReadOnlyList<double>> HoursOfWeek()
    {
        var (clicks, invalidated) = (new int[7, 24], new int[7, 24]);
        for (var row = 0; row < evaluation.Test.Table.Count; row++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(evaluation.Test.Table.Facts[row].Time / Hour * Hour);
            var day = ((int)time.DayOfWeek + 6) % 7;
            clicks[day, time.Hour]++;
            invalidated[day, time.Hour] += evaluation.Network.Slices.Invalidated[row] ? 1 : 0;
        }

        return [.. Enumerable.Range(0, 7).Select(day => (IReadOnlyList<double>)[.. Enumerable.Range(0, 24).Select(hour => (double)invalidated[day, hour] / clicks[day, hour])])];
    }

    private static Series Curve(string name, IvrFprCurve curve)
    {
        if (curve.Purchasing == 0)
        {
            return new Series(name, [], []);
        }

        var (fpr, ivr) = curve.Frontier();
        var shown = Array.FindLastIndex(fpr, value => value <= GreatestFpr) + 1;
        return new Series(name, fpr[..shown], ivr[..shown]);
    }

    private static Mark[] Point(ClickCounts counts, string label, int colour, bool hollow) =>
        counts.Purchasing > 0 && counts.Fpr <= GreatestFpr ? [new Mark(counts.Fpr, counts.Ivr, label, colour) { Hollow = hollow, Quiet = true }] : [];
}
