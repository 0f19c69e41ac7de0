using System.Text;
using Guard.Cli.Api;
using Guard.Cli.Simulate;
using Guard.Simulation;
using Guard.Simulation.Scenarios;
using Microsoft.AspNetCore.Http;

namespace Guard.Cli.Tests.Simulate;

public sealed class LiveSimulationTests : IAsyncLifetime
{
    private const long Clicks = 3_000;
    private static readonly List<string> s_expected = [.. Lines().Select(line => Encoding.Latin1.GetString(line.Span))];
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly GuardProcess _guard = new();
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _guard.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_event_of_the_stream_arrives_once_and_in_its_order(bool gzip)
    {
        var result = await SendAsync(gzip ? ["--gzip"] : []);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(gzip, _receiver.SawGzip);
        Assert.Equal(s_expected, _receiver.Lines);
        Assert.Contains($"{s_expected.Count:N0} events accepted", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_busy_Guard_refuses_is_sent_again()
    {
        _receiver.Before = async (context, number) =>
        {
            if (number is not (1 or 3))
            {
                return false;
            }

            context.Response.Headers.RetryAfter = "0";
            await Results.Problem("Too much waits.", statusCode: number == 1 ? 429 : 503).ExecuteAsync(context);
            return true;
        };

        var result = await SendAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(s_expected, _receiver.Lines);
    }

    [Fact]
    public async Task What_a_broken_connection_may_have_lost_is_sent_again()
    {
        _receiver.Before = (context, number) =>
        {
            if (number == 2)
            {
                context.Abort();
            }

            return Task.FromResult(number == 2);
        };

        var result = await SendAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(s_expected, _receiver.Lines);
    }

    [Fact]
    public async Task A_refusal_is_one_line_that_says_why()
    {
        _receiver.Before = async (context, _) =>
        {
            await Results.Problem("The key lacks the scope 'send'.", statusCode: 403).ExecuteAsync(context);
            return true;
        };

        var result = await SendAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("403: The key lacks the scope 'send'.", Failure(result), StringComparison.Ordinal);
        Assert.Equal(1, _receiver.Requests);
    }

    [Fact]
    public async Task Where_nobody_listens_the_error_names_the_address()
    {
        var address = _receiver.Address;
        await _receiver.DisposeAsync();

        var result = await _guard.RunAsync("simulate", "demo", "--clicks", "10", "--to", address.ToString());

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(address.ToString(), Failure(result), StringComparison.Ordinal);
        Assert.Contains("guard serve", Failure(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to", "localhost")]
    [InlineData("--speed", "fast")]
    [InlineData("--speed", "0")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] options) =>
        Assert.Equal(2, (await _guard.RunAsync(["simulate", "demo", .. options])).ExitCode);

    [Fact]
    public async Task The_stream_ends_with_the_last_midnight()
    {
        var today = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000) * 86_400_000;
        var result = await _guard.RunAsync("simulate", "quiet", "--days", "2", "--clicks", "400", "--to", _receiver.Address.ToString(), "--speed", "max");

        Assert.True(result.ExitCode == 0, result.Error);
        var recorded = _receiver.Lines.Select(Recorded).Where(moment => moment >= today - 2 * 86_400_000).ToList();
        Assert.NotEmpty(recorded);
        Assert.True(recorded.Max() < today, "an event lies in the future");
    }

    [Fact]
    public async Task No_event_is_sent_before_it_is_due_and_none_much_later()
    {
        const double Speed = 3600;
        var time = new HurriedTime(s_start.AddYears(1));
        var late = new List<double>();
        var start = s_start.ToUnixTimeMilliseconds();
        using var api = new GuardApi(_receiver.Address);
        var stream = new LiveStream(new EventSender(api, gzip: false, TimeSpan.FromMinutes(1), time), start, new StreamSpeed(Speed), time);
        var first = -1.0;

        await stream.RunAsync(Lines(), 0, new Watch(tally =>
        {
            if (tally.Moment > start)
            {
                first = first < 0 ? (tally.Moment - start) / 1000.0 / Speed : first;
                late.Add(time.Elapsed.TotalSeconds - (tally.Moment - start) / 1000.0 / Speed);
            }
        }), CancellationToken.None);

        Assert.Equal(s_expected, _receiver.Lines);
        Assert.True(late.Count > 20, $"{late.Count} bodies");
        Assert.All(late, seconds => Assert.InRange(seconds + first, -0.01, 0.5));
    }

    [Fact]
    public async Task A_stream_that_was_interrupted_goes_on_where_it_stopped()
    {
        using var interrupt = new CancellationTokenSource();
        using var api = new GuardApi(_receiver.Address);
        var sender = new EventSender(api, gzip: false, TimeSpan.FromMinutes(1), TimeProvider.System);
        var speed = new StreamSpeed(double.PositiveInfinity);
        _receiver.Before = async (_, number) =>
        {
            if (number == 2)
            {
                await interrupt.CancelAsync();
            }

            return number == 2;
        };
        var stream = new LiveStream(sender, s_start.ToUnixTimeMilliseconds(), speed, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.RunAsync(Lines(), 0, new Watch(_ => { }), interrupt.Token));
        Assert.Equal(_receiver.Lines.Count(), stream.Tally.Events);
        Assert.InRange(stream.Tally.Events, 1, s_expected.Count - 1);

        var again = new LiveStream(sender, s_start.ToUnixTimeMilliseconds(), speed, TimeProvider.System);
        await again.RunAsync(Lines(), stream.Tally.Events, new Watch(_ => { }), CancellationToken.None);

        Assert.Equal(s_expected, _receiver.Lines);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines() => new Simulator(Scenario.Load("demo"), new SimulatorOptions(MaxClicks: Clicks)).Lines();

    private static long Recorded(string line) => EventLine.TryRecorded(Encoding.Latin1.GetBytes(line), out var recorded) ? recorded : 0;

    private static string Failure(GuardProcess.Result result) => Assert.Single(result.Error.Split('\n'), line => line.StartsWith("guard: ", StringComparison.Ordinal));

    private Task<GuardProcess.Result> SendAsync(params string[] options) => _guard.RunAsync(
        ["simulate", "demo", "--clicks", Clicks.ToString(), "--to", _receiver.Address.ToString(), "--start", "2026-03-02T00:00Z", "--speed", "max", .. options]);

    private sealed class Watch(Action<StreamTally> seen) : IProgress<StreamTally>
    {
        public void Report(StreamTally value) => seen(value);
    }
}
