using System.CommandLine;
using Guard.Simulation.Experiments;
using Guard.Simulation.Experiments.Rotation;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment mnist</c>: rotating digits whose normal digit switches, followed by logistic regressions.</summary>
internal static class MnistCommand
{
    public static Command Create()
    {
        var runs = ExperimentOptions.Runs(10);
        var seed = ExperimentOptions.Seed();
        var json = ExperimentOptions.Json();
        var data = ExperimentOptions.Data();
        var command = new Command("mnist", "Rotating digits, the normal one switching: accuracy of clipped, unclipped and decaying SGD.") { runs, seed, json, data };
        command.SetAction(parsed => Run(parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(json), parsed.GetValue(data)));
        return command;
    }

    private static int Run(int runs, int seed, bool json, string? data)
    {
        DigitImages images;
        try
        {
            images = DigitImages.Load(ExperimentData.Folder(data)
                ?? throw new DirectoryNotFoundException("No data folder was found: name the one that holds mnist/ with --data or GUARD_TEST_DATA."));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        var results = RotationExperiment.Run(images, runs, seed);
        if (json)
        {
            ExperimentJson.Write(new
            {
                seed,
                runs,
                windows = RotationExperiment.Windows.Select(static w => new[] { w.From, w.To }),
                block = RotationExperiment.Block,
                switches = Enumerable.Range(1, RotatingDigits.NormalDigits.Count - 1).Select(static s => s * RotatingDigits.SegmentLength),
                results,
            });
            return 0;
        }

        Print(ExperimentConsole.Create(), results, runs, seed);
        return 0;
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<RotationResult> results, int runs, int seed)
    {
        console.WriteLine($"Rotating digits {string.Join(", ", RotatingDigits.NormalDigits)} are normal in turn, {RotatingDigits.SegmentLength} inputs each; {runs} streams, seed {seed}");
        console.WriteLine("Accuracy in % on sound inputs, each predicted before it is learned; inputs counted from a switch. Half the inputs are normal.");
        var table = new Table();
        table.AddColumn(new TableColumn("stream").NoWrap());
        table.AddColumn(new TableColumn("estimator").NoWrap());
        foreach (var (from, to) in RotationExperiment.Windows)
        {
            table.AddColumn(new TableColumn($"{from} to {to}").RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("all").RightAligned().NoWrap());
        foreach (var result in results)
        {
            table.AddRow(
                [result.Stream, result.Estimator, .. result.Windows.Select(static w => $"{100 * w.Mean:F1}"), $"{100 * result.Overall.Mean:F1} ±{100 * result.Overall.HalfWidth:F1}"]);
        }

        console.Write(table);
    }
}
