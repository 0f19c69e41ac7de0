using System.CommandLine;
using Guard.Simulation.Experiments;
using Guard.Simulation.Experiments.Rotation;
using Guard.Simulation.Experiments.Thresholding;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment thresholds</c>: abstaining thresholds beside the published figures.</summary>
internal static class ThresholdsCommand
{
    private const int MostPublishedRuns = 20;
    private const int CapacityRuns = 10;
    private const int CapacityLength = 200_000;

    public static Command Create()
    {
        var runs = ExperimentOptions.Runs(1000);
        var seed = ExperimentOptions.Seed();
        var json = ExperimentOptions.Json();
        var data = ExperimentOptions.Data();
        var command = new Command("thresholds", "Anomaly, benign or abstain: mistakes and abstentions beside the published ones.") { runs, seed, json, data };
        command.SetAction(parsed => Run(parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(json), parsed.GetValue(data)));
        return command;
    }

    private static int Run(int runs, int seed, bool json, string? data)
    {
        var synthetic = ThresholdExperiment.Run(runs, seed);
        var published = ThresholdExperiment.RunPublished(Math.Min(runs, MostPublishedRuns), seed);
        var folder = ExperimentData.Folder(data);
        IReadOnlyList<ThresholdResult> digits = [];
        string? missing = "No data folder was found: name one with --data or GUARD_TEST_DATA to run the digits.";
        if (folder is not null)
        {
            try
            {
                digits = DigitThresholdExperiment.Run(DigitImages.Load(folder), Math.Min(runs, 200), seed);
                missing = null;
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                missing = e.Message;
            }
        }

        var capacities = ThresholdExperiment.RunCapacities(Math.Min(runs, CapacityRuns), seed, CapacityLength);
        if (json)
        {
            ExperimentJson.Write(new { seed, synthetic, published, digits, digitsMissing = missing, capacities });
            return 0;
        }

        var console = ExperimentConsole.Create();
        console.WriteLine($"Abstaining thresholds, quantile 0.99, α = 0.001 (digits: 0.01), seed {seed}, means with 95 % intervals");
        console.WriteLine("Quoted: Sun, Sankararaman and Narayanaswamy, ICML 2024. Its lengths, distributions, shifts and digit scores are not known to us; ours stand in.");
        Table(console, "Guard, the published settings", [.. synthetic.Where(static r => r.QuotedMistakes is not null)]);
        Table(console, "Guard, further settings", [.. synthetic.Where(static r => r.QuotedMistakes is null)]);
        Table(console, "The published formulas as we read them", published);
        if (missing is null)
        {
            Table(console, "Guard, digits, against the labels", digits);
        }
        else
        {
            console.WriteLine(missing);
        }

        Capacities(console, capacities);
        return 0;
    }

    private static void Table(IAnsiConsole console, string title, IReadOnlyList<ThresholdResult> results)
    {
        console.WriteLine($"{title}; {results[0].Runs} streams a setting");
        var table = new Table();
        table.AddColumn(new TableColumn("setting").NoWrap());
        foreach (var heading in (string[])["abstained %", "quoted", "mistakes", "quoted", "false/missed", "restarts"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var r in results)
        {
            table.AddRow(
                r.Setting,
                $"{r.AbstainedPercent.Mean:F2} ±{r.AbstainedPercent.HalfWidth:F2}",
                $"{r.QuotedAbstentions:F1}",
                $"{r.Mistakes.Mean:F2} ±{r.Mistakes.HalfWidth:F2}",
                $"{r.QuotedMistakes:F1}",
                $"{r.FalseAlarms:F2}/{r.Misses:F2}",
                $"{r.Restarts:F2}");
        }

        console.Write(table);
    }

    private static void Capacities(IAnsiConsole console, IReadOnlyList<ThresholdResult> results)
    {
        console.WriteLine($"What bounded memory costs: {results[0].Setting}, the same {results[0].Runs} streams");
        var table = new Table();
        table.AddColumn(new TableColumn("values stored").NoWrap());
        foreach (var heading in (string[])["abstained %", "mistakes", "restarts", "most stored", "rank error"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var r in results)
        {
            table.AddRow(
                r.Algorithm,
                $"{r.AbstainedPercent.Mean:F3} ±{r.AbstainedPercent.HalfWidth:F3}",
                $"{r.Mistakes.Mean:F2}",
                $"{r.Restarts:F2}",
                $"{r.Stored}",
                $"{r.RankError}");
        }

        console.Write(table);
    }
}
