using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guard.Server.Answers;
using Guard.Server.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Tests.Api;

/// <summary>The description at /openapi/v1.json, and that the server answers as it says.</summary>
public sealed class DocumentTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        var events = Enumerable.Range(0, 3).Select(index => Events.Click($"c-{index}")).Append(Events.Click("c-3", agent: "Googlebot/2.1")).Append("{}")
            .Concat(Enumerable.Range(0, 200).Select(minute => Events.Telemetry($"t-{minute}", "click latency/p99", minute == 190 ? 9000 : 40 + minute % 3, minute)));
        using var answer = await _server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(string.Join('\n', events), "application/x-ndjson"), TestContext.Current.CancellationToken);
        Assert.Equal(204, (await answer.JsonAsync()).GetProperty("accepted").GetInt32());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_address_is_described_with_a_summary_and_what_it_answers()
    {
        var document = await _server.Client.GetJsonAsync("/openapi/v1.json");
        var described = document.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value, StringComparer.Ordinal);
        var served = _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("**", "", StringComparison.Ordinal))
            .Where(path => !path.StartsWith("/openapi", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(served.Order(StringComparer.Ordinal), described.Keys.Order(StringComparer.Ordinal));
        Assert.All(described.Values.SelectMany(path => path.EnumerateObject()), operation =>
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Name is "200" or "201");
        });
    }

    [Fact]
    public async Task The_answers_have_the_members_that_are_described_and_no_others()
    {
        Check<DecisionsAnswer>(await _server.Client.GetJsonAsync("/v1/decisions"), answer => Assert.Equal(4, answer.Decisions.Count));
        Check<ExplainedDecision>(await _server.Client.GetJsonAsync("/v1/decisions/c-1"), answer => Assert.Equal(24, answer.Features.Count));
        Check<UserAnswer>(await _server.Client.GetJsonAsync("/v1/users/u-1"), answer => Assert.Equal(4, answer.Recent.Count));
        Check<TrafficAnswer>(await _server.Client.GetJsonAsync("/v1/traffic"), answer => Assert.Equal(4, answer.Clicks));
        Check<SlicesAnswer>(await _server.Client.GetJsonAsync("/v1/slices"), answer => Assert.Equal(["all", "mobile", "mobile/in", "mobile/in/DE"], answer.Slices.Select(slice => slice.Slice)));
        Check<SliceCourseAnswer>(await _server.Client.GetJsonAsync("/v1/slices/mobile/in"), answer => Assert.Null(answer.Curve[0].Fpr));
        Check<PolicyAnswer>(await _server.Client.GetJsonAsync("/v1/thresholds"), answer => Assert.Equal("all", answer.Thresholds.Slices[0].Slice));
        Check<StreamsAnswer>(await _server.Client.GetJsonAsync("/v1/streams"), answer => Assert.Equal(200, Assert.Single(answer.Streams).Rows));
        Check<StreamDetailAnswer>(await _server.Client.GetJsonAsync("/v1/streams/click%20latency%2Fp99"), answer => Assert.Equal(200, answer.Readings.Count));
        Check<AlertsAnswer>(await _server.Client.GetJsonAsync("/v1/alerts"), answer => Assert.Equal(9000, Assert.Single(answer.Alerts).Observed));
        Check<QuarantineAnswer>(await _server.Client.GetJsonAsync("/v1/quarantine"), answer => Assert.Equal("quarantine.ndjson", answer.File));
        using var scored = await _server.Client.PostAsync(new Uri("/v1/score", UriKind.Relative), Events.Body(Events.Click("c-1")), TestContext.Current.CancellationToken);
        Check<ScoreAnswer>(await scored.JsonAsync(), answer => Assert.True(answer.Duplicate));
    }

    [Theory]
    [InlineData("/v1/decisions/unknown", HttpStatusCode.NotFound)]
    [InlineData("/v1/users/unknown", HttpStatusCode.NotFound)]
    [InlineData("/v1/slices/tv", HttpStatusCode.NotFound)]
    [InlineData("/v1/slices/radio", HttpStatusCode.BadRequest)]
    [InlineData("/v1/streams/unknown", HttpStatusCode.NotFound)]
    [InlineData("/v1/alerts?max=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/quarantine?max=1001", HttpStatusCode.BadRequest)]
    [InlineData("/v1/quarantine?max=many", HttpStatusCode.BadRequest)]
    [InlineData("/v2", HttpStatusCode.NotFound)]
    [InlineData("/v1/events", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem(string path, HttpStatusCode status)
    {
        using var answer = await _server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(status);
    }

    [Fact]
    public async Task Health_follows_the_host()
    {
        Assert.Equal("live", (await _server.Client.GetJsonAsync("/health/live")).GetProperty("status").GetString());
        Assert.Equal("ready", (await _server.Client.GetJsonAsync("/health/ready")).GetProperty("status").GetString());

        (_server.Host.NotReady, _server.Host.NotLive) = ("The log replays.", "The loop has died.");
        using var ready = await _server.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        using var live = await _server.Client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("The log replays.", (await ready.ProblemAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString());
        Assert.Equal("The loop has died.", (await live.ProblemAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task One_key_cannot_ask_more_often_than_it_may()
    {
        await using var server = await TestServer.StartAsync(new GuardServerOptions { RequestsPerSecond = 1 });
        using var first = await server.Client.GetAsync(new Uri("/v1/traffic", UriKind.Relative), TestContext.Current.CancellationToken);
        using var second = await server.Client.GetAsync(new Uri("/v1/traffic", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    private static void Check<T>(JsonElement answer, Action<T> check) => check(answer.Deserialize<T>(s_strict)!);
}
