using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Simulation.Experiments.Rotation;
using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment thresholds</c>: abstaining thresholds beside the published figures.</summary>
internal static class ThresholdsCommand
{
    private const int MostPublishedRuns = 20;
    private const int MostDigitRuns = 200;
    private const int MostCapacityRuns = 10;
    private const int CapacityLength = 200_000;

    public static Command Create()
    {
        var options = new ExperimentOptions(defaultRuns: 1000);
        var reference = new ReferenceData();
        var command = new GuardCommand("thresholds", "Anomaly, benign or abstain: mistakes and abstentions beside Sun, Sankararaman and Narayanaswamy (ICML 2024)")
        {
            Examples = ["guard experiment thresholds", "guard experiment thresholds --runs 50 --json"],
        };
        options.AddTo(command);
        reference.AddTo(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var folder = reference.Find(parse);
            var report = await session.ProgressAsync(
                "Deciding",
                progress => Task.Run(() => Measure(options.Runs(parse), options.Seed(parse), options.Threads(parse), folder, progress), cancellation));
            if (options.Json(parse))
            {
                session.WriteJson(report);
            }
            else
            {
                ThresholdTables.Print(session, report);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ThresholdReport Measure(int runs, ulong seed, int threads, string? folder, IProgress<double> progress)
    {
        var guard = ThresholdExperiment.Run(runs, seed, threads);
        progress.Report(0.6);
        var published = ThresholdExperiment.RunPublished(Math.Min(runs, MostPublishedRuns), seed, threads);
        progress.Report(0.7);
        var digits = folder is null ? [] : DigitThresholdExperiment.Run(DigitImages.Load(folder), Math.Min(runs, MostDigitRuns), seed, threads);
        progress.Report(0.8);
        var capacities = ThresholdExperiment.RunCapacities(Math.Min(runs, MostCapacityRuns), seed, threads, CapacityLength);
        return new ThresholdReport(seed, guard, published, digits, capacities);
    }
}
