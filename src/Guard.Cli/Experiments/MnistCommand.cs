using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Pictures;
using Guard.Simulation.Experiments.Rotation;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment mnist</c>: rotating digits whose normal digit switches, followed by logistic regressions.</summary>
internal static class MnistCommand
{
    public static Command Create()
    {
        var options = new ExperimentOptions(defaultRuns: 10);
        var reference = new ReferenceData();
        var picture = new Option<string?>("--picture") { Description = "Draw the accuracy over time as one HTML file", HelpName = "file" };
        var command = new GuardCommand("mnist", "Rotating digits, the normal one switching: accuracy of clipped, unclipped and decaying SGD")
        {
            Examples = ["guard experiment mnist", "guard experiment mnist --runs 3 --picture digits.html"],
        };
        options.AddTo(command);
        reference.AddTo(command);
        command.Add(picture);
        command.Runs(async (parse, session, cancellation) =>
        {
            var images = DigitImages.Load(reference.Need(parse));
            var results = await session.ProgressAsync(
                "Following digits",
                _ => Task.Run(() => RotationExperiment.Run(images, options.Runs(parse), options.Seed(parse), options.Threads(parse)), cancellation));
            if (options.Json(parse))
            {
                session.WriteJson(new
                {
                    Seed = options.Seed(parse),
                    Runs = options.Runs(parse),
                    Windows = RotationExperiment.Windows.Select(static w => new[] { w.From, w.To }),
                    RotationExperiment.Block,
                    RotationExperiment.Switches,
                    Results = results,
                });
            }
            else
            {
                Print(session, results, options.Runs(parse), options.Seed(parse));
            }

            if (parse.GetValue(picture) is { } path)
            {
                await DrawAsync(results, path);
                await session.Error.WriteLineAsync($"picture -> {path}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Session session, IReadOnlyList<RotationResult> results, int runs, ulong seed)
    {
        var table = Cells.Table(
            "Accuracy in %, by inputs after a switch",
            2,
            ["stream", "estimator", .. RotationExperiment.Windows.Select(static w => $"{w.From} to {w.To}"), "all"]);
        foreach (var result in results)
        {
            table.Add(
                [result.Stream, result.Estimator, .. result.Windows.Select(static w => Cells.Number(100 * w.Mean, "0.0")), Cells.WithError(100 * result.Overall.Mean, 100 * result.Overall.HalfWidth, "0.0")]);
        }

        session.Console.Write(table);
        session.Output.WriteLine(
            $"{runs} streams, seed {seed}: digits {string.Join(", ", RotatingDigits.NormalDigits)} are normal in turn, {RotatingDigits.SegmentLength} inputs each, a quarter turn per 1,000; half the inputs are other digits.");
        session.Output.WriteLine("Each input is predicted before it is learned; wrecked inputs are learned but not counted. Lengths, angles, shares and wrecks are ours; ± is half a 95 % interval.");
    }

    private static async Task DrawAsync(IReadOnlyList<RotationResult> results, string path)
    {
        var page = await PictureRenderer.RenderPageAsync<RotationPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(RotationPage.Results)] = results,
        });
        await File.WriteAllTextAsync(path + ".partial", page);
        File.Move(path + ".partial", path, overwrite: true);
    }
}
