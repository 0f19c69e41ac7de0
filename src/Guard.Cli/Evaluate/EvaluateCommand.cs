using System.CommandLine;
using Guard.Cli.Options;
using Guard.Cli.Terminal;

namespace Guard.Cli.Evaluate;

/// <summary><c>guard evaluate</c>: a backtest of the network and its baselines on events with purchases.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var input = new TrafficInput();
        var truth = new Option<string?>("--truth") { Description = "The truth of a simulated stream, for precision and recall", HelpName = "file" };
        var report = new Option<string?>("--report") { Description = "Write the report as one HTML file", HelpName = "file" };
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON" };
        var command = new GuardCommand("evaluate", "Train the network and its baselines on the first part of a stream, calibrate on the next, measure on the last")
        {
            Examples =
            [
                "guard evaluate guard-simulation/events.ndjson --truth guard-simulation/truth.csv --report report.html",
                "guard evaluate clicks.csv --format talkingdata --split 50/25/25 --budget 0.1 --json",
            ],
        };
        input.AddTo(command);
        command.AddOptions(TrafficSplit.Option, truth, report, json, DataFolder.Option);
        LearningOptions.AddTo(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var hash = DataFolder.Of(parse).Hash();
            using var events = input.Open(parse, hash);
            var recording = await session.ProgressAsync("Counting clicks", progress => Recording.OfAsync(events, Environment.ProcessorCount, progress, cancellation));
            var index = parse.GetValue(truth) is { } path ? TruthIndex.Read(path, hash) : null;
            var options = LearningOptions.Backtest(parse);
            var evaluation = await session.ProgressAsync(
                "Training, calibrating, measuring",
                progress => Task.Run(() => Backtest.Run(recording, options, index, progress, cancellation), cancellation));
            if (parse.GetValue(json))
            {
                session.WriteJson(EvaluationFigures.Of(evaluation));
            }
            else
            {
                Print(session, evaluation);
            }

            if (parse.GetValue(report) is { } file)
            {
                await ReportFile.WriteAsync(file, "Guard: an evaluation", $"{recording.Table.Count:N0} clicks, split {options.Split}", evaluation);
                session.Error.WriteLine($"report -> {file}");
            }

            return session.Finish(events);
        });
        return command;
    }

    /// <summary>Prints an evaluation's tables.</summary>
    public static void Print(Session session, Evaluation evaluation)
    {
        session.Console.Write(EvaluationTables.Models(evaluation.Contenders));
        foreach (var contender in evaluation.Contenders)
        {
            // The network decides, so its slices are shown a level deeper; the report has all levels of all models.
            session.Console.Write(EvaluationTables.Slices(contender, depth: contender == evaluation.Network ? 2 : 1));
        }

        if (evaluation.Truth is not null)
        {
            session.Output.WriteLine("* by the simulator's truth, which no model sees");
        }
    }
}
