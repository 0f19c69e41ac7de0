using Guard.Engine.Tests;
using Guard.Server.Requests;
using Guard.Server.Telemetry;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Requests;

/// <summary>Clients that stop in the middle, come slowly, or go away.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private const string Head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(new GuardServerOptions { Patience = TimeSpan.FromMilliseconds(300), Connections = 8, Heartbeat = TimeSpan.FromMilliseconds(100) });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_body_that_stops_coming_is_given_up_with_408_and_nothing_is_taken_in()
    {
        using var client = await RawClient.ConnectAsync(_server);
        await client.WriteAsync(Head + "Content-Length: 1000\r\n\r\n" + Events.Click("c-1") + "\n");

        var answer = await client.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Equal(0, _server.Host.Last);
        await SettledAsync();
    }

    [Fact]
    public async Task Headers_that_stop_coming_are_given_up()
    {
        using var client = await RawClient.ConnectAsync(_server);
        await client.WriteAsync("POST /v1/events HTTP/1.1\r\nHost: local");

        Assert.StartsWith("HTTP/1.1 408", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_closes_its_half_is_taken_for_gone_and_may_send_the_same_again()
    {
        using var client = await RawClient.ConnectAsync(_server);
        var click = Events.Click("c-1");
        await client.WriteAsync($"{Head}Connection: close\r\nContent-Length: {click.Length}\r\n\r\n{click}");
        client.EndSending();

        await client.ReadToEndAsync();
        await SettledAsync();

        using var again = await _server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(click), TestContext.Current.CancellationToken);
        var receipt = await again.JsonAsync();
        Assert.Equal(1, receipt.GetProperty("accepted").GetInt32() + receipt.GetProperty("duplicates").GetInt32());
        Assert.Equal(1, _server.Host.Last);
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n{\"id\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    public async Task A_request_that_ends_in_the_middle_takes_nothing_in(string rest)
    {
        using var client = await RawClient.ConnectAsync(_server);
        await client.WriteAsync(Head + rest);
        client.EndSending();

        Assert.DoesNotContain("200 OK", await client.ReadToEndAsync());
        Assert.Equal(0, _server.Host.Last);
        await SettledAsync();
    }

    [Fact]
    public async Task A_reset_in_the_middle_gives_the_memory_back_and_is_no_fault_of_the_server()
    {
        for (var round = 0; round < 20; round++)
        {
            using var client = await RawClient.ConnectAsync(_server);
            await client.WriteAsync(Head + "Content-Length: 100000\r\n\r\n{\"id\":");
            client.Reset();
        }

        await SettledAsync();
        Assert.DoesNotContain(_server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watcher_that_goes_away_is_let_go()
    {
        using (var client = await RawClient.ConnectAsync(_server))
        {
            await client.WriteAsync("GET /v1/decisions HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
            await client.ReadUntilAsync(":\n\n");
            Assert.Equal(1, _server.Service<ServerInstruments>().Watchers);
            client.Reset();
        }

        await SettledAsync();
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_is_let_go()
    {
        // The time for a write grows with its bytes, so the least rate is high here.
        await using var server = await TestServer.StartAsync(new GuardServerOptions { Patience = TimeSpan.FromMilliseconds(300), LeastBytesPerSecond = 1 << 20 });
        var clicks = string.Join('\n', Enumerable.Range(0, 12_000).Select(index => Events.Click($"c-{index}")));
        using var sent = await server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(clicks, "application/x-ndjson"), TestContext.Current.CancellationToken);
        Assert.True(sent.IsSuccessStatusCode);
        using var client = await RawClient.ConnectAsync(server);
        await client.WriteAsync("GET /v1/decisions?after=0&max=10000 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        await client.ReadUntilAsync("id: 1\n");
        Assert.Equal(1, server.Service<ServerInstruments>().Watchers);

        await SettledAsync(server);
    }

    [Fact]
    public async Task Slow_clients_do_not_keep_others_out_for_long()
    {
        var slow = new List<RawClient>();
        for (var index = 0; index < 8; index++)
        {
            var client = await RawClient.ConnectAsync(_server);
            slow.Add(client);
            await client.WriteAsync(Head + "Content-Length: 100000\r\n\r\n{");
        }

        await Task.WhenAll(slow.Select(client => client.ReadToEndAsync()));
        slow.ForEach(client => client.Dispose());

        using var answer = await _server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(Events.Click("c-1")), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task What_is_no_HTTP_gets_a_bare_400()
    {
        using var client = await RawClient.ConnectAsync(_server);
        await client.WriteAsync("\u0016\u0003\u0001 nonsense\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", await client.ReadToEndAsync());
    }

    private Task SettledAsync() => SettledAsync(_server);

    private static Task SettledAsync(TestServer server) =>
        Waiting.UntilAsync(() => server.Service<BodyBudget>().Taken == 0 && server.Service<ServerInstruments>().Watchers == 0);
}
