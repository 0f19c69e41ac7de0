using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Guard.Benchmarks.Load;

/// <summary>The speed of a running Guard, as producers see it: <c>serve [events|score|recovery|soak] …</c>.</summary>
internal static class ServeLoad
{
    private const string Lines = "application/x-ndjson";
    private const string One = "application/cloudevents+json";

    /// <summary>How many clicks a second of event time holds. Less than the loads send, so that their clicks stay in the past.</summary>
    private const double ClicksPerSecond = 1_000;

    private static readonly TimeSpan s_past = TimeSpan.FromDays(365 * 10);

    public static Task RunAsync(ReadOnlyMemory<string> args)
    {
        var rest = args.Length > 0 ? args[1..] : args;
        return (args.Length > 0 ? args.Span[0] : "") switch
        {
            "events" => PacedAsync(new LoadArguments(rest), "/v1/events", Lines, "--connections", 4, usualBatch: 2_000),
            "score" => PacedAsync(new LoadArguments(rest), "/v1/score", One, "--connections", 64, usualBatch: 1),
            "recovery" => RecoverAsync(new LoadArguments(rest)),
            "soak" => SoakAsync(new LoadArguments(rest)),
            var other => throw new LoadException($"serve wants events, score, recovery or soak, not '{other}'."),
        };
    }

    /// <summary>Warms up, finds the highest rate held, and holds half of it, or the rate given.</summary>
    private static async Task PacedAsync(LoadArguments arguments, string path, string type, string connectionsName, int usualConnections, int usualBatch)
    {
        var connections = arguments.Number(connectionsName, usualConnections, usualConnections / 2);
        var batch = usualBatch == 1 ? 1 : arguments.Number("--batch", usualBatch, usualBatch);
        var users = arguments.Number("--users", 1_000_000, 20_000);
        var minutes = arguments.Real("--minutes", 10, .1);
        var step = TimeSpan.FromSeconds(arguments.Real("--step", 15, 2));
        var warmUp = TimeSpan.FromMinutes(arguments.Real("--warm-up", 2, .05));
        var given = arguments.Text("--rate") is { } rate ? double.Parse(rate, CultureInfo.InvariantCulture) / batch : 0;
        await using var server = await LoadServer.StartAsync(arguments, ("GUARD__ENGINE__SNAPSHOTINTERVAL", arguments.Text("--snapshot-interval") ?? "00:01:00"));
        arguments.RefuseRest();
        var clicks = new ClickLoad(users, TimeProvider.System.GetUtcNow() - s_past, ClicksPerSecond, run: 1);
        Fill(server, clicks, users);
        var load = new OpenLoad(server.Connect(connections, path, type), body => clicks.Fill(body, batch));
        load.Run(double.PositiveInfinity, step);
        var unpaced = load.Run(double.PositiveInfinity, step);
        Console.WriteLine($"POST {path}, {batch:N0} clicks a request, {connections} connections, {users:N0} users");
        Console.WriteLine(LoadResult.Header);
        Console.WriteLine(unpaced.Line(batch));
        if (given == 0)
        {
            var highest = RateSearch.Run(load, unpaced.Achieved, step, batch);
            given = highest / 2;
            Console.WriteLine($"Highest rate held: {highest * batch:N0} clicks a second. {minutes} minutes at half of it:");
        }

        Console.WriteLine($"Before it, {await PausesAsync(server)}.");
        load.Run(given, warmUp);
        var result = load.Run(given, TimeSpan.FromMinutes(minutes));
        Console.WriteLine(result.Line(batch));
        Console.WriteLine($"In it, {result.Minutes}.");
        Console.WriteLine($"In it, {result.Slow}.");
        if (batch == 1)
        {
            Console.WriteLine($"In it, {result.Early:N0} decisions ({(double)result.Early / result.Latencies.Count:P3}) were given before a disk that was late had the click.");
        }

        Console.WriteLine($"After it, {await PausesAsync(server)}.");
        await TellAsync(server);
    }

    /// <summary>Fills a server with users, ends it by force and in peace, and times its start.</summary>
    private static async Task RecoverAsync(LoadArguments arguments)
    {
        var users = arguments.Number("--users", 1_000_000, 20_000);
        var tail = arguments.Number("--tail", 1_000_000, 10_000);
        await using var server = await LoadServer.StartAsync(arguments, ("GUARD__ENGINE__SNAPSHOTINTERVAL", arguments.Text("--snapshot-interval") ?? "01:00:00"));
        arguments.RefuseRest();
        var clicks = new ClickLoad(users, TimeProvider.System.GetUtcNow() - s_past, ClicksPerSecond, run: 1);
        Console.WriteLine("what was ended how                                             seconds until ready, process start included");
        Print("a server without a click, asked to end", await server.RestartAsync(kill: false));
        Fill(server, clicks, users);
        Print($"{users:N0} users, killed: no snapshot, {users:N0} clicks from the log", await server.RestartAsync(kill: true));
        Print($"{users:N0} users, asked to end: all in a snapshot", await server.RestartAsync(kill: false));
        await SendAsync(server, clicks, tail);
        Print($"{users:N0} users, killed {tail:N0} clicks after a snapshot", await server.RestartAsync(kill: true));
        await TellAsync(server);

        static void Print(string what, TimeSpan took) => Console.WriteLine($"{what,-62} {took.TotalSeconds,8:N2}");
    }

    /// <summary>Sends many clicks and watches the server's memory.</summary>
    private static async Task SoakAsync(LoadArguments arguments)
    {
        const int Samples = 40;
        var millions = arguments.Real("--millions", 100, .4);
        var users = arguments.Number("--users", 1_000_000, 20_000);
        await using var server = await LoadServer.StartAsync(
            arguments, ("GUARD__ENGINE__LOG__KEEPBYTES", (2L << 30).ToString()), ("GUARD__ENGINE__LOG__SEGMENTBYTES", (128L << 20).ToString()), ("GUARD__ENGINE__SNAPSHOTINTERVAL", "00:00:30"));
        arguments.RefuseRest();
        var clicks = new ClickLoad(users, TimeProvider.System.GetUtcNow() - s_past, ClicksPerSecond, run: 1);
        Fill(server, clicks, users);
        Console.WriteLine("million clicks   resident MB");
        var resident = new List<long>();
        for (var sample = 1; sample <= Samples; sample++)
        {
            await SendAsync(server, clicks, (long)(millions * 1e6 / Samples));
            resident.Add(server.Process.ResidentBytes);
            Console.WriteLine($"{clicks.Taken / 1e6,14:N1} {resident[^1] >> 20,13:N0}");
        }

        var (early, late) = (resident.Skip(Samples / 4).Take(Samples / 4).Max(), resident.TakeLast(Samples / 4).Max());
        Console.WriteLine($"Greatest in the second quarter {early >> 20:N0} MB, in the last {late >> 20:N0} MB: {((double)late / early) - 1:P1} more.");
        await TellAsync(server);
    }

    /// <summary>Gives every user a click.</summary>
    private static void Fill(LoadServer server, ClickLoad clicks, int users)
    {
        const int Batch = 2_000;
        using var connection = server.Connect(1, "/v1/events", Lines)[0];
        var body = new ArrayBufferWriter<byte>();
        while (clicks.Taken < users)
        {
            clicks.Fill(body, (int)Math.Min(Batch, users - clicks.Taken), everyUserOnce: true);
            Through(connection, body.WrittenSpan);
        }
    }

    private static Task SendAsync(LoadServer server, ClickLoad clicks, long count)
    {
        const int Batch = 2_000;
        const int Connections = 4;
        var until = clicks.Taken + count;
        return Task.WhenAll(server.Connect(Connections, "/v1/events", Lines).Select(connection => Task.Factory.StartNew(() =>
        {
            var body = new ArrayBufferWriter<byte>();
            while (clicks.Taken < until)
            {
                clicks.Fill(body, Batch);
                Through(connection, body.WrittenSpan);
            }

            connection.Dispose();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <summary>Sends a body until it is taken in.</summary>
    private static void Through(HttpConnection connection, ReadOnlySpan<byte> body)
    {
        for (var status = 0; status != 200;)
        {
            status = connection.Ask(body);
            if (status is 429 or 503)
            {
                Task.Delay(100).Wait();
            }
            else if (status != 200)
            {
                throw new InvalidOperationException($"The server answered {status} to a body of clicks.");
            }
        }
    }

    private static async Task<string> PausesAsync(LoadServer server) => $"{MachinePauses.Watch()}; {await DiskPauses.WatchAsync(server.Folder)}";

    /// <summary>Writes what the server says of itself.</summary>
    private static async Task TellAsync(LoadServer server)
    {
        var traffic = await server.Process.Api.GetAsync("v1/traffic", CancellationToken.None);
        var latency = traffic.GetProperty("latency");
        var age = traffic.TryGetProperty("snapshotSeconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number ? $"{seconds.GetDouble():N0} s" : "none";
        Console.WriteLine($"The server's own word: {traffic.GetProperty("clicks").GetInt64():N0} clicks, {traffic.GetProperty("users").GetInt64():N0} users, {traffic.GetProperty("duplicates").GetInt64():N0} duplicates, {traffic.GetProperty("quarantined").GetInt64():N0} quarantined; arrival to durable decision {latency.GetRawText()}; newest snapshot {age}; resident {server.Process.ResidentBytes >> 20:N0} MB.");
    }
}
