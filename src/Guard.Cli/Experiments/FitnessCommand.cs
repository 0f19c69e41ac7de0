using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Simulation.Experiments.Fitness;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment fitness</c>: offline detectors made online by fine-tuning on recent and similar points.</summary>
internal static class FitnessCommand
{
    public static Command Create()
    {
        var options = new ExperimentOptions(defaultRuns: 3);
        var reference = new ReferenceData();
        var command = new GuardCommand("fitness", "Offline detectors fine-tuned on recent and similar points before each score (after FITNESS, ICML 2022)")
        {
            Examples = ["guard experiment fitness", "guard experiment fitness --runs 1 --json"],
        };
        options.AddTo(command);
        reference.AddTo(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var threads = options.Threads(parse);
            var folder = reference.Find(parse);
            var synthetic = await session.ProgressAsync(
                "Scoring synthetic points", _ => Task.Run(() => FitnessExperiment.RunSynthetic(options.Runs(parse), options.Seed(parse), threads), cancellation));
            var series = folder is null
                ? []
                : await session.ProgressAsync("Scoring series", _ => Task.Run(() => FitnessExperiment.RunSeries(folder, threads), cancellation));
            if (options.Json(parse))
            {
                session.WriteJson(new { Seed = options.Seed(parse), Runs = options.Runs(parse), Synthetic = synthetic, Series = series });
                return ExitCode.Done;
            }

            session.Console.Write(Table(
                $"Synthetic drift: average precision, {options.Runs(parse)} sets of {DriftingPoints.Count:N0} points a row",
                synthetic,
                static r => Cells.WithError(r.AveragePrecision.Mean, r.AveragePrecision.HalfWidth, "0.000")));
            if (series.Count > 0)
            {
                session.Console.Write(Table("Numenta Anomaly Benchmark: area under the ROC curve of the points in labelled windows", series, static r => Cells.Number(r.RocArea.Mean, "0.000")));
            }
            else
            {
                session.Output.WriteLine($"No series: {ReferenceData.Missing}");
            }

            session.Output.WriteLine($"Seed {options.Seed(parse)}; ± is half a 95 % interval. Of FITNESS the abstract is known to us; what counts as recent and as similar is ours.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Table Table(string title, IReadOnlyList<FitnessResult> results, Func<FitnessResult, string> cell)
    {
        var table = Cells.Table(title, 2, ["points", "detector", .. FitnessExperiment.Modes.Select(static mode => mode.Name)]);
        foreach (var row in results.GroupBy(static r => (r.Set, r.Detector)))
        {
            table.Add([row.Key.Set, row.Key.Detector, .. row.Select(cell)]);
        }

        return table;
    }
}
