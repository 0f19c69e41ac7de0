using System.Net;
using Guard.Engine.Tests;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Api;

public sealed class ReadDecisionsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new GuardServerOptions { Heartbeat = TimeSpan.FromMilliseconds(100), Watchers = 4 });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_reader_goes_on_from_the_cursor_and_sees_every_decision_once_in_order()
    {
        await SendAsync(0, 25);
        var (after, ids) = (0L, new List<string>());
        while (after < 25)
        {
            var page = await _server.Client.GetJsonAsync($"/v1/decisions?after={after}&max=7");
            ids.AddRange(page.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetString()!));
            var next = page.GetProperty("next").GetInt64();
            Assert.True(next > after, $"The cursor stands still at {after}.");
            after = next;
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(index => $"c-{index}"), ids);
    }

    [Fact]
    public async Task The_newest_come_first_where_asked_and_filters_hold()
    {
        await SendAsync(0, 5);
        await SendAsync("c-5", "desktop", "Googlebot/2.1");

        var newest = await _server.Client.GetJsonAsync("/v1/decisions?newest=true&max=2");
        var crawlers = await _server.Client.GetJsonAsync("/v1/decisions?verdict=givt");
        var phones = await _server.Client.GetJsonAsync("/v1/decisions?slice=mobile/in");

        Assert.Equal(["c-5", "c-4"], newest.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetString()));
        Assert.Equal(5, newest.GetProperty("next").GetInt64());
        Assert.Equal("c-5", Assert.Single(crawlers.GetProperty("decisions").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(5, phones.GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_first_decision()
    {
        var waiting = _server.Client.GetJsonAsync("/v1/decisions?wait=60");
        await SendAsync(0, 1);

        Assert.Equal(1, (await waiting).GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task A_long_poll_without_a_decision_ends_empty_when_its_time_is_up_or_the_server_stops()
    {
        Assert.Equal(0, (await _server.Client.GetJsonAsync("/v1/decisions?wait=1")).GetProperty("decisions").GetArrayLength());

        var waiting = _server.Client.GetJsonAsync("/v1/decisions?wait=60");
        await WatchersAsync(1);
        await _server.StopAsync();
        Assert.Equal(0, (await waiting).GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task More_watchers_than_allowed_are_told_to_come_again()
    {
        var waiting = Enumerable.Range(0, 4).Select(_ => _server.Client.GetJsonAsync("/v1/decisions?wait=60")).ToList();
        await WatchersAsync(4);

        using var refused = await GetAsync("/v1/decisions?wait=60");
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);

        await SendAsync(0, 1);
        await Task.WhenAll(waiting);
    }

    [Theory]
    [InlineData("after=-1", "after")]
    [InlineData("after=x", "after")]
    [InlineData("max=0", "max")]
    [InlineData("max=10001", "max")]
    [InlineData("wait=61", "wait")]
    [InlineData("wait=5&newest=true", "wait")]
    [InlineData("newest=perhaps", "newest")]
    [InlineData("verdict=guilty", "verdict")]
    [InlineData("slice=phone", "slice")]
    [InlineData("slice=mobile/in/D%00", "slice")]
    public async Task A_parameter_that_does_not_do_is_named(string query, string name)
    {
        using var answer = await GetAsync($"/v1/decisions?{query}");

        Assert.Contains(name, (await answer.ProblemAsync(HttpStatusCode.BadRequest)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_stream_sends_what_is_kept_and_what_comes_and_a_client_goes_on_where_it_was()
    {
        await SendAsync(0, 2);
        await using (var stream = await OpenAsync("/v1/decisions?after=0"))
        {
            Assert.Equal(("1", "guard.decision.v1", "c-0"), await stream.NextAsync());
            Assert.Equal(("2", "guard.decision.v1", "c-1"), await stream.NextAsync());
            await SendAsync(2, 1);
            Assert.Equal(("3", "guard.decision.v1", "c-2"), await stream.NextAsync());
        }

        await SendAsync(3, 1);
        await using (var stream = await OpenAsync("/v1/decisions", lastEvent: "3"))
        {
            Assert.Equal(("4", "guard.decision.v1", "c-3"), await stream.NextAsync());
        }
    }

    [Fact]
    public async Task A_stream_without_a_cursor_begins_now_and_says_that_it_lives()
    {
        await SendAsync(0, 3);
        await using var stream = await OpenAsync("/v1/decisions");
        Assert.Equal("retry: 2000", await stream.LineAsync());
        Assert.Equal("", await stream.LineAsync());
        Assert.Equal(":", await stream.LineAsync());
        await SendAsync(3, 1);

        Assert.Equal(("4", "guard.decision.v1", "c-3"), await stream.NextAsync());
    }

    [Fact]
    public async Task A_gap_is_told()
    {
        await SendAsync(0, 5);
        _server.Host.FirstKept = 4;

        var page = await _server.Client.GetJsonAsync("/v1/decisions?after=1");
        Assert.Equal(2, page.GetProperty("missed").GetInt64());
        await using var stream = await OpenAsync("/v1/decisions?after=1");
        Assert.Equal((null, "guard.missed", null), await stream.NextAsync());
        Assert.Equal(("4", "guard.decision.v1", "c-3"), await stream.NextAsync());
    }

    [Fact]
    public async Task A_stream_ends_with_the_server()
    {
        await using var stream = await OpenAsync("/v1/decisions");
        await WatchersAsync(1);

        await _server.StopAsync();

        while (await stream.LineAsync() is not null)
        {
        }
    }

    private async Task SendAsync(int first, int count)
    {
        for (var index = first; index < first + count; index++)
        {
            await SendAsync($"c-{index}", "mobile", "Mozilla/5.0");
        }
    }

    private async Task SendAsync(string id, string device, string agent)
    {
        using var answer = await _server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(Events.Click(id, device: device, agent: agent)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private Task<EventStream> OpenAsync(string path, string? lastEvent = null) => EventStream.OpenAsync(_server.Client, path, lastEvent);

    private Task WatchersAsync(int count) => Waiting.UntilAsync(() => _server.Service<Server.Telemetry.ServerInstruments>().Watchers >= count, $"{count} watchers");
}
