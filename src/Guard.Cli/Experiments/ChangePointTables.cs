using Guard.Cli.Terminal;
using Guard.Simulation.Experiments.ChangePoints;

namespace Guard.Cli.Experiments;

/// <summary>The change-point experiment's tables.</summary>
internal static class ChangePointTables
{
    /// <summary>Prints each method's table, and how many settings it wins.</summary>
    public static void Print(Session session, ChangePointExperiment experiment, IReadOnlyList<ChangePointRow> rows)
    {
        foreach (var method in rows.Select(row => row.Method).Distinct(StringComparer.Ordinal))
        {
            var own = rows.Where(row => row.Method == method).ToArray();
            var table = Cells.Table(method, 1, "Setting", "Regret [95 %]", "Paper", "I-GLR", "R-BOCPD", "Delay", "Missed", "Located", "False alarms [≤95 %]");
            foreach (var row in own)
            {
                table.Add(
                    row.Setting.Name,
                    $"{Cells.Number(row.Regret.Median)} [{Cells.Number(row.Regret.Low)}, {Cells.Number(row.Regret.High)}]",
                    Cells.Number(row.Setting.Published),
                    Cells.Number(row.Setting.ImprovedGlr),
                    Cells.Number(row.Setting.BayesianOnline),
                    Cells.Number(row.Delay, "0.0"),
                    Cells.Number(row.Missed, "0.0 %"),
                    Cells.Number(row.Located, "0.0 %"),
                    row.FalseAlarms is null ? "not run" : $"{Cells.Number(row.FalseAlarms, "0.00")} [{Cells.Number(row.FalseAlarmsHigh, "0.00")}]");
            }

            session.Console.Write(table);
            var wins = own.Count(row => row.Regret.Median <= row.Setting.Published);
            var safe = own.Count(row => row.FalseAlarms <= ChangePointExperiment.Delta);
            session.Output.WriteLine(own[0].FalseAlarms is null
                ? $"  at or below the paper's regret in {wins} of {own.Length} settings"
                : $"  at or below the paper's regret in {wins} of {own.Length} settings; false alarms at most δ={ChangePointExperiment.Delta} in {safe} of {own.Length}");
            session.Output.WriteLine();
        }

        session.Output.WriteLine($"{experiment.Runs} streams of {ChangePointSetting.Length} samples with changes at 400, 800 and 1200, and as many without change; seed {experiment.Seed}.");
        session.Output.WriteLine("Regret: the median of Σ|detections − true changes|. Delay: mean samples to a detection within the segment. Located: the change lies within the");
        session.Output.WriteLine("reported least and greatest split. False alarms: detections a stream without change, with their one-sided 95 % bound.");
        session.Output.WriteLine("The UAI 2023 methods are told σ = 1 and G = 12; Guard's is told nothing. Paper, I-GLR and R-BOCPD: medians of 30 runs, as published.");
    }
}
