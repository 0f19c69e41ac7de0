using System.CommandLine;
using System.Globalization;
using Guard.Cli.Deployment;
using Guard.Cli.Evaluate;
using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Core.Calibration;
using Guard.Core.Scoring;
using Spectre.Console;

namespace Guard.Cli.Calibrate;

/// <summary><c>guard calibrate</c>: slice thresholds for the model in force, under a budget of false positives.</summary>
internal static class CalibrateCommand
{
    private const double Confidence = .95;

    public static Command Create()
    {
        var input = new TrafficInput();
        var from = TimeOption.Create("--from", "Calibrate on clicks of this time on; earlier ones only warm the counters. Give a time after the model's training span");
        var until = TimeOption.Create("--until", "Calibrate on clicks before this time, with the purchases known then");
        var method = new Option<CalibrationMethod>("--method") { Description = "How thresholds are chosen", DefaultValueFactory = _ => new CalibrationOptions().Method };
        var model = new Option<string?>("--model") { Description = "The model's version; by default the one in force", HelpName = "version" };
        var json = new Option<bool>("--json") { Description = "Print the thresholds document" };
        var command = new GuardCommand("calibrate", "Set a threshold for each slice so that at most a budgeted share of purchasing clicks is invalidated, and put them in force")
        {
            Examples =
            [
                "guard calibrate guard-simulation/events.ndjson --from 2026-01-10T00:00Z",
                "guard calibrate clicks.ndjson.gz --budget 0.005 --coverage-floor 0.3 --method slices --json",
            ],
        };
        input.AddTo(command);
        command.AddOptions(from, until, method, model, json, DataFolder.Option);
        LearningOptions.AddCalibration(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var data = DataFolder.Of(parse);
            var artifact = await TrafficModels.ModelAsync(data, parse.GetValue(model), cancellation);
            using var events = input.Open(parse, data.Hash());
            var recording = await session.ProgressAsync("Counting clicks", progress => Recording.OfAsync(events, Environment.ProcessorCount, progress, cancellation));
            var end = parse.GetValue(until) ?? recording.End;
            var span = TrafficSpan.Of(recording.Table, recording.Purchases, parse.GetValue(from) ?? long.MinValue, end, end);
            var thresholds = Calibrate(artifact.Scorer, span, LearningOptions.Calibration(parse) with { Method = parse.GetValue(method) });
            await TrafficModels.PublishAsync(data, thresholds, cancellation);
            if (parse.GetValue(json))
            {
                session.Output.WriteLine(System.Text.Encoding.UTF8.GetString(thresholds.ToJson()));
            }
            else
            {
                Print(session, thresholds, artifact.Card);
            }

            return session.Finish(events);
        });
        return command;
    }

    private static ThresholdSet Calibrate(IScorer scorer, TrafficSpan span, CalibrationOptions options)
    {
        var scores = new float[span.Table.Count];
        scorer.Score(span.Table.Values, scores);
        return ThresholdCalibrator.Calibrate(new CalibrationSample(scores, span.Purchasing, span.Table.Facts), options, scorer.Version);
    }

    private static void Print(Session session, ThresholdSet thresholds, ModelCard card)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Slice");
        foreach (var name in new[] { "Threshold", "From", "Clicks", "IVR", "FPR [95 %]", "Coverage" })
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned().NoWrap());
        }

        foreach (var slice in thresholds.Slices.Where(slice => slice.Slice.Depth <= 2 || slice.Source == slice.Slice))
        {
            table.AddRow(
                slice.Slice.ToString(),
                float.IsFinite(slice.Threshold) ? slice.Threshold.ToString("0.0000", CultureInfo.InvariantCulture) : "none",
                slice.Source == slice.Slice ? "itself" : slice.Source.ToString(),
                slice.Counts.Clicks.ToString("N0", CultureInfo.InvariantCulture),
                EvaluationTables.Share(slice.Counts.Ivr),
                Markup.Escape(EvaluationTables.Interval(slice.Counts.FprRate(Confidence))),
                EvaluationTables.Share(slice.Counts.Coverage));
        }

        session.Console.Write(table);
        foreach (var note in thresholds.Calibration.Notes)
        {
            session.Output.WriteLine($"note: {note}");
        }

        if (thresholds.Calibration.From < card.SpanEnd)
        {
            session.Output.WriteLine($"note: the model learnt from clicks up to {card.SpanEnd:u}, which this calibration also uses, so its rates are optimistic; give --from a later time.");
        }

        session.Output.WriteLine($"thresholds {thresholds.Version} for model {thresholds.Calibration.ModelVersion} are in force");
    }
}
