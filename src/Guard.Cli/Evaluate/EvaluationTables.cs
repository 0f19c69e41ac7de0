using System.Globalization;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Spectre.Console;

namespace Guard.Cli.Evaluate;

/// <summary>An evaluation as tables for a terminal.</summary>
internal static class EvaluationTables
{
    private const double Confidence = .95;

    /// <summary>Gets a row for each model under each kind of threshold.</summary>
    public static Table Models(IReadOnlyList<Contender> contenders)
    {
        var truth = contenders.Any(contender => contender.TrueAuc is not null);
        var table = NewTable("Model", "Thresholds", "AUC", "IVR", "FPR [95 %]", "Coverage");
        AddTruthColumns(table, truth);
        foreach (var contender in contenders)
        {
            foreach (var (name, applied) in new[] { ("global", contender.Global), ("slices", contender.Slices) })
            {
                List<string> cells = [contender.Name, name, name == "global" ? Auc(contender.Auc) : "", .. Cells(applied.Measured, Slice.All)];
                table.AddRow([.. cells.Concat(TruthCells(applied.Measured.Truth(Slice.All), truth)).Select(Markup.Escape)]);
            }
        }

        return table;
    }

    /// <summary>Gets a row for each slice down to a depth, at the global and at its own threshold.</summary>
    public static Table Slices(Contender contender, int depth)
    {
        var truth = contender.TrueAuc is not null;
        var table = NewTable("Slice", "Thresholds", "Threshold", "IVR", "FPR [95 %]", "Coverage");
        table.Title = new TableTitle(contender.Name);
        AddTruthColumns(table, truth);
        foreach (var slice in contender.Slices.Measured.Slices.Where(slice => slice.Depth <= depth))
        {
            foreach (var (name, applied) in new[] { ("global", contender.Global), ("slices", contender.Slices) })
            {
                var threshold = applied.Thresholds.ThresholdOf(slice);
                List<string> cells = [name == "global" ? slice.ToString() : "", name, float.IsFinite(threshold) ? threshold.ToString("0.0000", CultureInfo.InvariantCulture) : "none", .. Cells(applied.Measured, slice)];
                table.AddRow([.. cells.Concat(TruthCells(applied.Measured.Truth(slice), truth)).Select(Markup.Escape)]);
            }
        }

        return table;
    }

    public static string Share(double share) => double.IsNaN(share) ? "-" : share.ToString("P2", CultureInfo.InvariantCulture);

    public static string Interval(Rate? rate) => rate is { } value
        ? $"{Share(value.Value)} [{(value.Lower * 100).ToString("0.00", CultureInfo.InvariantCulture)}, {(value.Upper * 100).ToString("0.00", CultureInfo.InvariantCulture)}]"
        : "-";

    public static string Auc(Core.Training.Estimate auc) =>
        $"{auc.Value.ToString("0.000", CultureInfo.InvariantCulture)} ± {auc.StandardError.ToString("0.000", CultureInfo.InvariantCulture)}";

    private static IEnumerable<string> Cells(Measurement measured, Slice slice)
    {
        var counts = measured.Counts(slice);
        return [Share(counts.Ivr), $"{Interval(counts.FprRate(Confidence))} of {counts.Purchasing}", Share(counts.Coverage)];
    }

    private static IEnumerable<string> TruthCells(TruthCounts? truth, bool shown) =>
        !shown ? [] : truth is { } counts ? [Share(counts.Precision), Share(counts.Recall), Share(counts.HumansLost)] : ["-", "-", "-"];

    private static void AddTruthColumns(Table table, bool truth)
    {
        foreach (var name in truth ? ["Precision*", "Recall*", "Humans lost*"] : Array.Empty<string>())
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }
    }

    private static Table NewTable(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var index = 0; index < columns.Length; index++)
        {
            table.AddColumn(index < 2 ? new TableColumn(Markup.Escape(columns[index])).NoWrap() : new TableColumn(Markup.Escape(columns[index])).RightAligned().NoWrap());
        }

        return table;
    }
}
