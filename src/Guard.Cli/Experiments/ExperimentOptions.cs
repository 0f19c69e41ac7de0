using System.CommandLine;
using Guard.Cli.Terminal;

namespace Guard.Cli.Experiments;

/// <summary>The options of every experiment.</summary>
internal sealed class ExperimentOptions(int defaultRuns)
{
    private readonly Option<int> _runs = new("--runs") { Description = "How many simulated streams each figure rests on", DefaultValueFactory = _ => defaultRuns };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed; the same seed gives the same figures on any number of threads", DefaultValueFactory = _ => 2026 };
    private readonly Option<int> _threads = new("--threads") { Description = "How many streams run side by side", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<bool> _json = new("--json") { Description = "Print the figures as JSON" };

    public void AddTo(Command command) => command.AddOptions(_runs, _seed, _threads, _json);

    public int Runs(ParseResult parse) => AtLeastOne(parse, _runs);

    public int Threads(ParseResult parse) => AtLeastOne(parse, _threads);

    public ulong Seed(ParseResult parse) => parse.GetValue(_seed);

    public bool Json(ParseResult parse) => parse.GetValue(_json);

    private static int AtLeastOne(ParseResult parse, Option<int> option) => parse.GetValue(option) is var value and >= 1
        ? value
        : throw new CommandException($"{option.Name} must be at least 1.");
}
