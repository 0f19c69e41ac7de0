using System.CommandLine;
using System.Globalization;
using Guard.Cli.Deployment;
using Guard.Cli.Evaluate;
using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Core.Training;
using Spectre.Console;

namespace Guard.Cli.Train;

/// <summary><c>guard train</c>: a model from clicks and purchases, by weak supervision.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var input = new TrafficInput();
        var from = TimeOption.Create("--from", "Learn from clicks of this time on; earlier ones only warm the counters");
        var until = TimeOption.Create("--until", "Learn from clicks before this time, with the purchases known then");
        var json = new Option<bool>("--json") { Description = "Print the model's card as JSON" };
        var command = new GuardCommand("train", "Train a model from clicks and purchases by weak supervision, and put it in force")
        {
            Examples =
            [
                "guard train guard-simulation/events.ndjson --maturity 1",
                "guard train clicks-1.ndjson.gz clicks-2.ndjson.gz --until 2026-01-31T00:00Z --data production",
            ],
        };
        input.AddTo(command);
        command.AddOptions(from, until, json, DataFolder.Option);
        LearningOptions.AddTraining(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var data = DataFolder.Of(parse);
            using var events = input.Open(parse, data.Hash());
            var recording = await session.ProgressAsync("Counting clicks", progress => Recording.OfAsync(events, Environment.ProcessorCount, progress, cancellation));
            var end = parse.GetValue(until) ?? recording.End;
            var table = recording.Table.Between(parse.GetValue(from) ?? long.MinValue, end);
            var run = await session.ProgressAsync(
                "Training",
                progress => Task.Run(
                    () => TrainingRun.Run(table, recording.PurchasesBefore(end), end, LearningOptions.Training(parse), new EpochProgress(progress), cancellation), cancellation));
            await TrafficModels.PublishAsync(data, run.Network, cancellation);
            if (parse.GetValue(json))
            {
                session.WriteJson(run.Network.Card);
            }
            else
            {
                Print(session, run);
            }

            return session.Finish(events);
        });
        return command;
    }

    private static void Print(Session session, TrainingRunResult run)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Model", "Part");
        foreach (var name in new[] { "Clicks", "AUC", "Log loss" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var metrics in run.Network.Card.Metrics)
        {
            table.AddRow(
                metrics.Model.ToLowerInvariant(),
                metrics.Split,
                metrics.Clicks.ToString("N0", CultureInfo.InvariantCulture),
                EvaluationTables.Auc(metrics.Auc),
                metrics.LogLoss.Value.ToString("0.0000", CultureInfo.InvariantCulture));
        }

        session.Console.Write(table);
        var card = run.Network.Card;
        session.Output.WriteLine($"{card.Human:N0} human, {card.NonHuman:N0} non-human, {card.Excluded:N0} left out; effective sample size {card.EffectiveSampleSize:N0}; best epoch {run.Trained.BestEpoch} of {run.Trained.Epochs}");
        if (run.Weights.Problem is { } problem)
        {
            session.Output.WriteLine($"weights: {problem}");
        }

        session.Output.WriteLine($"model {card.Version} is in force");
    }
}
