using Guard.Cli.Terminal;
using Guard.Simulation.Experiments.Thresholding;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary>The tables of <c>guard experiment thresholds</c>.</summary>
internal static class ThresholdTables
{
    public static void Print(Session session, ThresholdReport report)
    {
        session.Console.Write(Decisions("Guard", report.Guard));
        session.Console.Write(Decisions("The published formulas, as we read them", report.Published));
        if (report.Digits.Count > 0)
        {
            session.Console.Write(Decisions("Guard, even digits normal and odd ones anomalous, against the labels", report.Digits));
        }
        else
        {
            session.Output.WriteLine($"No digits: {ReferenceData.Missing}");
        }

        session.Console.Write(Capacities(report.Capacities));
        session.Output.WriteLine($"Quantile 0.99, α = 0.001 (digits 0.01), seed {report.Seed}; means a stream, ± is half a 95 % interval.");
        session.Output.WriteLine("A score above the true quantile is an anomaly; \"called\" are those judged anomalous, nearly all others of them were abstained on; \"erring\" are streams with a mistake.");
        session.Output.WriteLine("Quoted: Sun, Sankararaman and Narayanaswamy, ICML 2024. Its lengths, distributions, shifts and digit scores are not known to us; ours stand in.");
        session.Output.WriteLine($"Streams of {ThresholdSetting.StreamLength:N0} scores, because there the published width gives the published 12.1 % on independent scores.");
    }

    private static Table Decisions(string title, IReadOnlyList<ThresholdResult> results)
    {
        var table = Cells.Table(title, 1, "setting", "streams", "abstained %", "quoted", "mistakes", "quoted", "false", "missed", "called %", "erring", "restarts");
        foreach (var r in results)
        {
            table.Add(
                r.Setting,
                Cells.Number(r.Runs),
                Cells.WithError(r.AbstainedPercent.Mean, r.AbstainedPercent.HalfWidth, "0.00"),
                Cells.Number(r.QuotedAbstentions, "0.0"),
                Cells.WithError(r.Mistakes.Mean, r.Mistakes.HalfWidth, "0.000"),
                Cells.Number(r.QuotedMistakes, "0.0"),
                Cells.Number(r.FalseAlarms, "0.000"),
                Cells.Number(r.Misses, "0.000"),
                Cells.Number(r.CalledPercent, "0.0"),
                Cells.Number(r.StreamsWithMistakes),
                Cells.Number(r.Restarts, "0.00"));
        }

        return table;
    }

    private static Table Capacities(IReadOnlyList<ThresholdResult> results)
    {
        var title = $"What bounded memory costs: {results[0].Setting}, the same {results[0].Runs} streams";
        var table = Cells.Table(title, 1, "values stored", "abstained %", "anomalies called %", "mistakes", "restarts", "most stored", "rank error at the end");
        foreach (var r in results)
        {
            table.Add(
                r.Algorithm,
                Cells.WithError(r.AbstainedPercent.Mean, r.AbstainedPercent.HalfWidth, "0.000"),
                Cells.Number(r.CalledPercent, "0.0"),
                Cells.Number(r.Mistakes.Mean, "0.00"),
                Cells.Number(r.Restarts, "0.00"),
                Cells.Number(r.Stored),
                Cells.Number(r.RankError));
        }

        return table;
    }
}
