using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Telemetry;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task Metrics_and_spans_go_to_the_collector_under_their_conventional_names()
    {
        await using var collector = await Collector.StartAsync();
        await using (var server = await TestServer.StartAsync(new GuardServerOptions { OtlpEndpoint = collector.Address, TraceShare = 1 }))
        {
            using var engine = new System.Diagnostics.Metrics.Meter("Guard.Engine");
            engine.CreateCounter<long>("guard.clicks").Add(3);
            await server.Client.GetJsonAsync("/v1/traffic");
            using var missing = await server.Client.GetAsync(new Uri("/v1/decisions/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
            using var busy = new HttpRequestMessage(HttpMethod.Get, "/v1/traffic");
            busy.Headers.Host = "evil.example";
            using var refused = await server.Client.SendAsync(busy, TestContext.Current.CancellationToken);
            await server.StopAsync();
        }

        var (metrics, traces) = (collector.Received("/v1/metrics"), collector.Received("/v1/traces"));
        Assert.All(["http.server.request.duration", "http.route", "/v1/traffic", "guard.clicks", "guard.server.refused", "guard.server.body.memory", "dotnet.gc.collections", "service.name"],
            name => Assert.Contains(name, metrics));
        Assert.All(["GET /v1/traffic", "GET /v1/decisions/{**clickId}", "http.request.method", "http.response.status_code", "url.scheme"], name => Assert.Contains(name, traces));
        Assert.DoesNotContain("nothing", traces);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_sent_and_nothing_is_missed()
    {
        await using var server = await TestServer.StartAsync();

        await server.Client.GetJsonAsync("/v1/traffic");
        await server.StopAsync();
    }
}
