using System.CommandLine;
using System.Globalization;
using Guard.Cli.Api;
using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Simulate;

/// <summary><c>guard simulate --to</c>: a scenario's events, sent to a running Guard as they come.</summary>
internal sealed class LiveSimulation
{
    private const long Day = 86_400_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Option<Uri?> _to = ApiOptions.Address("--to", "Send the events to the Guard at this address instead, paced by --speed");
    private readonly Option<bool> _gzip = new("--gzip") { Description = "With --to: compress what is sent" };
    private readonly Option<long> _skip = new("--skip") { Description = "With --to: leave out so many events, which were sent before" };
    private readonly Option<long?> _start = TimeOption.Create("--start", "With --to: the stream's first day. By default the stream ends with the last midnight (UTC), since a Guard refuses events of the future");

    public void AddTo(Command command) => command.AddOptions(_to, StreamSpeed.Option, _start, _skip, _gzip, ApiOptions.Key);

    /// <summary>Gets the Guard to which a command line sends; <see langword="null"/> where it writes files.</summary>
    public Uri? Target(ParseResult parse) => parse.GetValue(_to);

    /// <summary>Sends the stream.</summary>
    /// <returns>What the Guard answered.</returns>
    public async Task<SendReceipt> RunAsync(ParseResult parse, Session session, Uri target, Scenario scenario, SimulatorOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var (speed, skip) = (parse.GetValue(StreamSpeed.Option), parse.GetValue(_skip));
        var start = parse.GetValue(_start) ?? ((time.GetUtcNow().ToUnixTimeMilliseconds() / Day) - (options.Days ?? scenario.Days)) * Day;
        var simulator = new Simulator(scenario with { Start = DateTimeOffset.FromUnixTimeMilliseconds(start) }, options);
        using var api = new GuardApi(target, ApiOptions.KeyOf(parse));
        var sender = new EventSender(api, parse.GetValue(_gzip), s_patience, time);
        var stream = new LiveStream(sender, start, speed, time);
        session.Error.WriteLine($"Sending {simulator.Scenario.Name}, {Moment(start)} on, to {target} at speed {speed}; Ctrl-C ends it.");
        try
        {
            await session.WatchAsync(async progress =>
            {
                var display = new Display(progress, sender, start, simulator.Scenario.Days * Day);
                await Task.Run(() => stream.RunAsync(simulator.Lines(), skip, display, cancellation), cancellation);
                return true;
            });
        }
        catch (Exception exception) when (exception is OperationCanceledException or CommandException && stream.Tally.Events > skip)
        {
            session.Error.WriteLine($"{Summary(stream.Tally.Receipts)} To go on: --start {Moment(start)} --skip {stream.Tally.Events.ToString(CultureInfo.InvariantCulture)}");
            throw;
        }

        return stream.Tally.Receipts;
    }

    public static string Summary(SendReceipt receipt) =>
        $"{receipt.Accepted:N0} events accepted, {receipt.Duplicates:N0} duplicates, {receipt.Quarantined:N0} quarantined.";

    private static string Moment(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private sealed class Display(IProgress<(double Share, string Text)> progress, EventSender sender, long start, long length) : IProgress<StreamTally>
    {
        public void Report(StreamTally value) => progress.Report((
            Math.Clamp((value.Moment - start) / (double)length, 0, 1),
            sender.Waiting ?? $"{Moment(value.Moment)}  {value.Events:N0} events"));
    }
}
