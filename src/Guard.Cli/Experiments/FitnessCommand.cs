using System.CommandLine;
using Guard.Simulation.Experiments;
using Guard.Simulation.Experiments.Fitness;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment fitness</c>: offline detectors made online by fine-tuning on recent and similar points.</summary>
internal static class FitnessCommand
{
    public static Command Create()
    {
        var runs = ExperimentOptions.Runs(5);
        var seed = ExperimentOptions.Seed();
        var json = ExperimentOptions.Json();
        var data = ExperimentOptions.Data();
        var command = new Command("fitness", "Offline detectors fine-tuned on recent and similar points before each score.") { runs, seed, json, data };
        command.SetAction(parsed => Run(parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(json), parsed.GetValue(data)));
        return command;
    }

    private static int Run(int runs, int seed, bool json, string? data)
    {
        var synthetic = FitnessExperiment.RunSynthetic(runs, seed);
        IReadOnlyList<FitnessResult> series = [];
        string? missing = "No data folder was found: name one with --data or GUARD_TEST_DATA to run the real series.";
        if (ExperimentData.Folder(data) is { } folder)
        {
            try
            {
                series = FitnessExperiment.RunSeries(folder);
                missing = null;
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                missing = e.Message;
            }
        }

        if (json)
        {
            ExperimentJson.Write(new { seed, runs, synthetic, series, seriesMissing = missing });
            return 0;
        }

        var console = ExperimentConsole.Create();
        console.WriteLine("FITNESS (ICML 2022) is known to us by its abstract; what is recent and what is similar is our choice.");
        Table(console, $"Synthetic drift, average precision of the anomalies, {runs} sets of {DriftingPoints.Count} points a row, seed {seed}", synthetic, static r =>
            $"{r.AveragePrecision.Mean:F3} ±{r.AveragePrecision.HalfWidth:F3}");
        if (missing is null)
        {
            Table(console, "Numenta Anomaly Benchmark, area under the ROC curve of the points in the labelled windows", series, static r => $"{r.RocArea.Mean:F3}");
        }
        else
        {
            console.WriteLine(missing);
        }

        return 0;
    }

    private static void Table(IAnsiConsole console, string title, IReadOnlyList<FitnessResult> results, Func<FitnessResult, string> cell)
    {
        console.WriteLine(title);
        var table = new Table();
        table.AddColumn(new TableColumn("points").NoWrap());
        table.AddColumn(new TableColumn("detector").NoWrap());
        foreach (var (mode, _) in FitnessExperiment.Modes)
        {
            table.AddColumn(new TableColumn(mode).RightAligned().NoWrap());
        }

        foreach (var row in results.GroupBy(static r => (r.Set, r.Detector)))
        {
            table.AddRow([row.Key.Set, row.Key.Detector, .. row.Select(cell)]);
        }

        console.Write(table);
    }
}
