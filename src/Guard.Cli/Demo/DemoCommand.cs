using System.CommandLine;
using Guard.Cli.Deployment;
using Guard.Cli.Evaluate;
using Guard.Cli.Options;
using Guard.Cli.Replay;
using Guard.Cli.Simulate;
using Guard.Cli.Terminal;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Engine.Decisions;
using Guard.Engine.Intake;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Demo;

/// <summary><c>guard demo</c>: the whole way of a click on a simulated stream, with a report.</summary>
internal static class DemoCommand
{
    /// <summary>Simulated purchases come within days, so a click is ripe sooner than a deployment's default.</summary>
    private static readonly TimeSpan s_maturity = TimeSpan.FromDays(1);

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The folder for events, truth, model, thresholds, decisions and report", HelpName = "folder", DefaultValueFactory = _ => "guard-demo" };
        var scenario = new Option<string>("--scenario") { Description = $"A scenario's JSON file, or one of: {string.Join(", ", Scenario.Names)}", DefaultValueFactory = _ => "demo" };
        var clicks = new Option<long?>("--clicks") { Description = "Stop the simulation after so many clicks" };
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON" };
        var command = new GuardCommand("demo", "Simulate, train, calibrate, replay, and report how the decisions compare with the truth")
        {
            Examples = ["guard demo", "guard demo --scenario nat-gateway --out nat"],
        };
        command.AddOptions(output, scenario, clicks, json);
        command.Runs(async (parse, session, cancellation) =>
        {
            var folder = parse.GetRequiredValue(output);
            var simulator = new Simulator(Scenario.Load(parse.GetRequiredValue(scenario)), new SimulatorOptions(MaxClicks: parse.GetValue(clicks)));
            var evaluation = await RunAsync(session, simulator, folder, cancellation);
            if (parse.GetValue(json))
            {
                session.WriteJson(EvaluationFigures.Of(evaluation));
            }
            else
            {
                EvaluateCommand.Print(session, evaluation);
            }

            var report = Path.Combine(folder, "report.html");
            await ReportFile.WriteAsync(report, "Guard: who clicked?", Subtitle(simulator.Scenario, evaluation), evaluation);
            session.Error.WriteLine($"decisions -> {Path.Combine(folder, "decisions.ndjson")}");
            session.Error.WriteLine($"report    -> {report}");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<Evaluation> RunAsync(Session session, Simulator simulator, string folder, CancellationToken cancellation)
    {
        var files = new SimulationFiles(folder);
        await session.ProgressAsync($"Simulating {simulator.Scenario.Name}", progress => Task.Run(() => files.Write(simulator, progress, cancellation), cancellation));

        var data = new DataFolder(Path.Combine(folder, "data"));
        data.KeyFromSeed(simulator.Scenario.Seed);
        var hash = data.Hash();
        var recording = await session.ProgressAsync("Counting clicks", async progress =>
        {
            using var events = TrafficInput.Open([files.Events], InputFormat.CloudEvents, hash, quarantine: null);
            return await Recording.OfAsync(events, Environment.ProcessorCount, progress, cancellation);
        });

        var options = new BacktestOptions();
        options = options with { Training = options.Training with { Labels = options.Training.Labels with { Maturity = s_maturity } } };
        var truth = TruthIndex.Read(files.Truth, hash);
        var evaluation = await session.ProgressAsync(
            "Training, calibrating, measuring",
            progress => Task.Run(() => Backtest.Run(recording, options, truth, progress, cancellation), cancellation));
        await TrafficModels.PublishAsync(data, evaluation.Training.Network, cancellation);
        await TrafficModels.PublishAsync(data, evaluation.Network.Slices.Thresholds, cancellation);

        var policy = await TrafficModels.PolicyAsync(data, null, null, AccessList.Empty, CrawlerList.BuiltIn, cancellation);
        var tally = await session.ProgressAsync("Deciding every click", progress => ReplayAsync(files.Events, folder, hash, policy, progress, cancellation));
        return evaluation with { Replay = tally };
    }

    private static async Task<DecisionTally> ReplayAsync(string path, string folder, Core.Clicks.KeyedHash hash, DecisionPolicy policy, IProgress<double> progress, CancellationToken cancellation)
    {
        using var quarantine = new QuarantineFile(Path.Combine(folder, "quarantine.ndjson"));
        using var events = TrafficInput.Open([path], InputFormat.CloudEvents, hash, quarantine);
        await using var file = new DecisionFile(Path.Combine(folder, "decisions.ndjson"));
        return await ReplayCommand.DecideAsync(events, policy, file, Environment.ProcessorCount, progress, cancellation);
    }

    private static string Subtitle(Scenario scenario, Evaluation evaluation)
    {
        var budget = evaluation.Network.Slices.Thresholds.Calibration.Options.Budget;
        return $"Scenario {scenario.Name}: {evaluation.Replay!.Clicks:N0} simulated clicks in {scenario.Days} days, seed {scenario.Seed}; at most {budget:P1} of the purchasing clicks may be invalidated.";
    }
}
