using System.Net;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Api;

public sealed class ScoreTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_click_gets_its_decision_and_counts_once()
    {
        using var first = await PostAsync(Events.Click("c-1"));
        using var second = await PostAsync(Events.Click("c-1"));
        var (answer, repeated) = (await first.JsonAsync(), await second.JsonAsync());

        Assert.False(answer.GetProperty("duplicate").GetBoolean());
        Assert.True(answer.GetProperty("durable").GetBoolean());
        Assert.True(repeated.GetProperty("duplicate").GetBoolean());
        Assert.Equal(answer.GetProperty("decision").GetRawText(), repeated.GetProperty("decision").GetRawText());
        var decision = answer.GetProperty("decision");
        Assert.Equal("guard.decision.v1", decision.GetProperty("type").GetString());
        Assert.Equal("c-1", decision.GetProperty("data").GetProperty("clickId").GetString());
        Assert.Equal("1", decision.GetProperty("decisionnumber").GetString());
        Assert.Equal("mobile/in/DE", decision.GetProperty("data").GetProperty("slice").GetString());
        Assert.NotEmpty(decision.GetProperty("data").GetProperty("reasons").EnumerateArray());
        Assert.Equal(1, _server.Host.Last);
    }

    [Fact]
    public async Task A_decision_that_came_before_the_disk_had_its_click_says_so()
    {
        _server.Host.DiskIsLate = true;

        using var early = await PostAsync(Events.Click("c-1"));
        using var again = await PostAsync(Events.Click("c-1"));

        Assert.False((await early.JsonAsync()).GetProperty("durable").GetBoolean());
        Assert.True((await again.JsonAsync()).GetProperty("durable").GetBoolean());
    }

    [Fact]
    public async Task A_crawler_is_named_by_the_pattern_that_matched()
    {
        using var answer = await PostAsync(Events.Click("c-1", agent: "Googlebot/2.1"));

        var data = (await answer.JsonAsync()).GetProperty("decision").GetProperty("data");
        Assert.Equal("GIVT", data.GetProperty("category").GetString());
        Assert.Equal("Googlebot", data.GetProperty("reasons")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_click_that_went_to_quarantine_is_a_problem_that_names_the_field()
    {
        using var answer = await PostAsync(Events.Click("c-1", time: "yesterday"));

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("invalidTime", problem.GetProperty("reason").GetString());
        Assert.Equal("time", problem.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("application/x-ndjson", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "[{}]", HttpStatusCode.BadRequest)]
    public async Task Many_clicks_are_not_scored(string type, string body, HttpStatusCode status)
    {
        using var answer = await PostAsync(body, type);

        await answer.ProblemAsync(status);
    }

    [Fact]
    public async Task A_body_beyond_any_event_is_refused_unread()
    {
        using var answer = await PostAsync(new string(' ', 200_000));

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    private Task<HttpResponseMessage> PostAsync(string body, string type = "application/cloudevents+json") =>
        _server.Client.PostAsync(new Uri("/v1/score", UriKind.Relative), Events.Body(body, type), TestContext.Current.CancellationToken);
}
