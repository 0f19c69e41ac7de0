using System.CommandLine;
using Guard.Cli.Deployment;
using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Core.Pipeline;
using Guard.Engine.Decisions;
using Guard.Engine.Shards;

namespace Guard.Cli.Replay;

/// <summary><c>guard replay</c>: decides recorded events with the model, thresholds and lists in force.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var input = new TrafficInput();
        var output = new Option<string?>("--out") { Description = "Write the decisions as CloudEvents NDJSON, in click order", HelpName = "file" };
        var model = new Option<string?>("--model") { Description = "The model's version; by default the one in force", HelpName = "version" };
        var thresholds = new Option<string?>("--thresholds") { Description = "The thresholds' version; by default the one in force", HelpName = "version" };
        var workers = new Option<int>("--workers") { Description = "Threads; the decisions do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON" };
        var command = new GuardCommand("replay", "Decide recorded events, click by click, with the model, thresholds and lists in force")
        {
            Examples =
            [
                "guard replay guard-simulation/events.ndjson --out decisions.ndjson",
                "guard replay clicks.csv --format talkingdata --json",
                "guard replay clicks.ndjson.gz --model 2026-01-04-3f9a1c2b --crawlers crawler-user-agents.json --quarantine rejected.ndjson",
            ],
        };
        input.AddTo(command);
        ListOptions.AddTo(command);
        command.AddOptions(output, model, thresholds, workers, json, DataFolder.Option);
        command.Runs(async (parse, session, cancellation) =>
        {
            var data = DataFolder.Of(parse);
            var hash = data.Hash();
            var policy = await TrafficModels.PolicyAsync(
                data, parse.GetValue(model), parse.GetValue(thresholds), ListOptions.Access(parse, hash), ListOptions.Crawlers(parse), cancellation);
            using var events = input.Open(parse, hash);
            await using var file = parse.GetValue(output) is { } path ? new DecisionFile(path) : null;
            var tally = await session.ProgressAsync("Deciding", progress => DecideAsync(events, policy, file, parse.GetValue(workers), progress, cancellation));
            if (parse.GetValue(json))
            {
                session.WriteJson(ReplaySummary.Of(tally, events.Counts, policy));
            }
            else
            {
                ReplaySummary.Of(tally, events.Counts, policy).Print(session);
            }

            return session.Finish(events);
        });
        return command;
    }

    /// <summary>Decides all events of an input, and completes the decisions' file.</summary>
    public static async Task<DecisionTally> DecideAsync(OpenInput events, DecisionPolicy policy, DecisionFile? file, int workers, IProgress<double> progress, CancellationToken cancellation)
    {
        var tally = new DecisionTally(file);
        var pipeline = new ClickPipeline(new LocalCounters(new ShardOptions { Workers = workers }), tally, () => policy, workers);
        await events.PumpAsync(pipeline.ProcessAsync, progress, cancellation);
        if (file is not null)
        {
            await file.CompleteAsync();
        }

        return tally;
    }
}
