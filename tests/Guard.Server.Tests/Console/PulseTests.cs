using System.Net.ServerSentEvents;
using Guard.Engine.Tests;
using Guard.Server.Console.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Server.Tests.Console;

public sealed class PulseTests
{
    private static readonly CancellationToken s_cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_beat_names_what_changed_and_nothing_else()
    {
        var host = new SeededHost();
        using var pulse = new Pulse(host, host, host, TimeProvider.System, NullLogger<Pulse>.Instance);
        await pulse.LookAsync(s_cancelled);
        var before = pulse.Now;
        await pulse.LookAsync(s_cancelled);
        Assert.Same(before, pulse.Now);
        Assert.False(before.Ended.IsCompleted);

        host.Policy = host.Policy with { Fault = "a fault" };
        await pulse.LookAsync(s_cancelled);
        Assert.Equal([Topic.Policy], pulse.Now.Since(before));
        Assert.True(before.Ended.IsCompleted);

        host.Add("one-more");
        await pulse.LookAsync(s_cancelled);
        Assert.Equal([Topic.Traffic, Topic.Decisions, Topic.Policy], pulse.Now.Since(before));
    }

    [Fact]
    public async Task A_page_that_watches_is_told_of_a_new_decision_and_counted_while_it_watches()
    {
        await using var server = await ConsoleServer.StartAsync();
        var pulse = server.Service<Pulse>();
        using (var answer = await server.Client.GetAsync(new Uri("/console/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, s_cancelled))
        {
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
            await using var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(s_cancelled)).EnumerateAsync(s_cancelled).GetAsyncEnumerator(s_cancelled);
            Assert.True(await events.MoveNextAsync());
            Assert.Equal("begun", events.Current.EventType);
            Assert.Equal(1, pulse.Viewers);

            server.Host.Add("just-now");
            do
            {
                Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Waiting.Patience, s_cancelled));
            }
            while (!events.Current.Data.Split(' ').Contains("decisions"));

            Assert.Equal("changed", events.Current.EventType);
        }

        await Waiting.UntilAsync(() => pulse.Viewers == 0);
    }

    [Fact]
    public async Task A_server_that_stops_lets_its_pages_go()
    {
        var server = await ConsoleServer.StartAsync();
        using var answer = await server.Client.GetAsync(new Uri("/console/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, s_cancelled);
        var body = answer.Content.ReadAsStringAsync(s_cancelled);

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), s_cancelled);

        await body.ContinueWith(_ => { }, s_cancelled, TaskContinuationOptions.None, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20), s_cancelled);
    }
}
