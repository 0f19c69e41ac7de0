using System.Net;
using Guard.Engine.Tests.Hosting;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Api;

/// <summary>The API over the engine itself.</summary>
public sealed class EngineTests : IAsyncLifetime
{
    private HostFolder _folder = null!;

    public async ValueTask InitializeAsync() => _folder = await HostFolder.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_answered_is_read_back_byte_for_byte_after_a_restart_and_counts_once()
    {
        var clicks = Enumerable.Range(0, 500).Select(index => Events.Click($"c/{index}", $"u-{index % 7}", $"2026-01-01T12:{index / 60:00}:{index % 60:00}Z", agent: index % 50 == 0 ? "Googlebot/2.1" : "Mozilla/5.0")).ToList();
        string before;
        await using (var engine = await EngineServer.StartAsync(_folder))
        {
            var client = engine.Server.Client;
            var receipt = await SendAsync(client, string.Join('\n', [.. clicks, "nonsense", clicks[3], Events.Telemetry("t-1", "clicks/s", 4, 1)]));
            Assert.Equal((501, 1, 1), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("duplicates").GetInt32(), receipt.GetProperty("quarantined").GetInt32()));
            before = (await client.GetJsonAsync("/v1/decisions?max=10000")).GetRawText();
        }

        await using (var engine = await EngineServer.StartAsync(_folder))
        {
            var client = engine.Server.Client;
            Assert.Equal(before, (await client.GetJsonAsync("/v1/decisions?max=10000")).GetRawText());
            var page = await client.GetJsonAsync("/v1/decisions?after=498");
            Assert.Equal(["c/498", "c/499"], page.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetString()));
            var explained = await client.GetJsonAsync("/v1/decisions/c%2F7");
            Assert.Equal("c/7", explained.GetProperty("decision").GetProperty("id").GetString());
            Assert.Equal(24, explained.GetProperty("features").GetArrayLength());
            Assert.Equal(500, (await SendAsync(client, string.Join('\n', clicks))).GetProperty("duplicates").GetInt32());
            Assert.Equal("mobile/in/DE", (await client.GetJsonAsync("/v1/slices")).GetProperty("slices")[3].GetProperty("slice").GetString());
            Assert.Equal("clicks/s", (await client.GetJsonAsync("/v1/streams/clicks%2Fs")).GetProperty("stream").GetProperty("stream").GetString());
            Assert.True((await client.GetJsonAsync("/v1/users/u-3")).GetProperty("counters").GetProperty("clicksHour").GetInt32() > 50);
            using var scored = await client.PostAsync(new Uri("/v1/score", UriKind.Relative), Events.Body(clicks[7]), TestContext.Current.CancellationToken);
            var answer = await scored.JsonAsync();
            Assert.True(answer.GetProperty("duplicate").GetBoolean());
            Assert.Equal(explained.GetProperty("decision").GetRawText(), answer.GetProperty("decision").GetRawText());
        }
    }

    [Fact]
    public async Task Many_producers_at_once_get_their_own_decisions_and_a_watcher_sees_each_once_in_order()
    {
        await using var engine = await EngineServer.StartAsync(_folder);
        var client = engine.Server.Client;
        await using var stream = await EventStream.OpenAsync(client, "/v1/decisions?after=0");

        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, async (producer, cancelled) =>
        {
            for (var index = 0; index < 50; index++)
            {
                using var answer = await client.PostAsync(new Uri("/v1/score", UriKind.Relative), Events.Body(Events.Click($"{producer}-{index}", $"u-{producer}")), cancelled);
                Assert.Equal($"{producer}-{index}", (await answer.JsonAsync()).GetProperty("decision").GetProperty("id").GetString());
            }
        });

        var seen = new HashSet<string?>();
        for (var number = 1; number <= 400; number++)
        {
            var (id, _, click) = await stream.NextAsync();
            Assert.Equal(number.ToString(), id);
            Assert.True(seen.Add(click));
        }
    }

    [Fact]
    public async Task An_engine_that_has_ended_takes_nothing_in_and_says_when_to_come_again()
    {
        await using var engine = await EngineServer.StartAsync(_folder);
        await engine.EndEngineAsync();

        using var answer = await engine.Server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(Events.Click("c")), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static async Task<System.Text.Json.JsonElement> SendAsync(HttpClient client, string lines)
    {
        using var answer = await client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(lines, "application/x-ndjson"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }
}
