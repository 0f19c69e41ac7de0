using System.CommandLine;
using System.Globalization;
using Guard.Cli.Terminal;
using Guard.Simulation;
using Guard.Simulation.Scenarios;
using Spectre.Console;

namespace Guard.Cli.Simulate;

/// <summary><c>guard simulate</c>: a seeded stream of clicks, purchases and telemetry, with its truth beside it.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("scenario")
        {
            Description = $"A scenario's JSON file, or one of: {string.Join(", ", Scenario.Names)}",
            DefaultValueFactory = _ => "demo",
        };
        var output = new Option<string>("--out") { Description = "The folder for events.ndjson, truth.csv and telemetry-truth.csv", HelpName = "folder", DefaultValueFactory = _ => "guard-simulation" };
        var seed = new Option<ulong?>("--seed") { Description = "Another seed than the scenario's" };
        var days = new Option<int?>("--days") { Description = "Another number of days than the scenario's" };
        var clicks = new Option<long?>("--clicks") { Description = "Stop after so many clicks" };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON" };
        var live = new LiveSimulation();
        var command = new GuardCommand("simulate", "Write a seeded stream of clicks, purchases and telemetry, with its truth in separate files, or send it to a running Guard")
        {
            Examples =
            [
                "guard simulate",
                "guard simulate botnet --out botnet --seed 7",
                "guard simulate my-scenario.json --days 3 --json",
                "guard simulate --to http://localhost:5080                            # two weeks, an hour a second",
                "guard simulate holiday --seed 2 --to http://localhost:5080 --speed max",
            ],
        };
        command.Add(scenario);
        command.AddOptions(output, seed, days, clicks, json);
        live.AddTo(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var (loaded, options) = (Scenario.Load(parse.GetRequiredValue(scenario)), new SimulatorOptions(parse.GetValue(seed), parse.GetValue(days), parse.GetValue(clicks)));
            if (live.Target(parse) is { } target)
            {
                var receipt = await live.RunAsync(parse, session, target, loaded, options, TimeProvider.System, cancellation);
                if (parse.GetValue(json))
                {
                    session.WriteJson(receipt);
                }
                else
                {
                    session.Output.WriteLine(LiveSimulation.Summary(receipt));
                }

                return ExitCode.Done;
            }

            var simulator = new Simulator(loaded, options);
            var files = new SimulationFiles(parse.GetRequiredValue(output));
            var summary = await session.ProgressAsync(
                $"Simulating {simulator.Scenario.Name}",
                progress => Task.Run(() => files.Write(simulator, progress, cancellation), cancellation));
            if (parse.GetValue(json))
            {
                session.WriteJson(summary);
            }
            else
            {
                Print(session, files, summary);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Session session, SimulationFiles files, SimulationSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Made by").AddColumn(new TableColumn("Clicks").RightAligned()).AddColumn(new TableColumn("Share").RightAligned());
        table.AddRow("humans", Number(summary.HumanClicks), Share(summary.HumanClicks, summary.Clicks));
        foreach (var robot in summary.Robots)
        {
            table.AddRow(Markup.Escape($"{robot.Name} ({robot.Kind})"), Number(robot.Clicks), Share(robot.Clicks, summary.Clicks));
        }

        session.Console.Write(table);
        session.Output.WriteLine($"{Number(summary.Events)} events, {Number(summary.Purchases)} purchases -> {files.Events}");
        session.Output.WriteLine($"truth -> {files.Truth}, {files.TelemetryTruth}");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long part, long whole) => whole == 0 ? "-" : ((double)part / whole).ToString("P1", CultureInfo.InvariantCulture);
}
