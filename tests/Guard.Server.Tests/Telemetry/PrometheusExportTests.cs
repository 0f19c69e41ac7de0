using System.Net;
using System.Net.Http.Headers;
using Guard.Server.Keys;
using Guard.Server.Telemetry;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Telemetry;

public sealed class PrometheusExportTests
{
    [Fact]
    public async Task Metrics_are_told_in_Prometheus_format_to_keys_that_may_read()
    {
        var (reader, sender) = (ApiKeys.Create("r", ApiScopes.Read, DateTimeOffset.UnixEpoch), ApiKeys.Create("s", ApiScopes.Send, DateTimeOffset.UnixEpoch));
        await using var server = await TestServer.StartAsync(new GuardServerOptions { ServeMetrics = true, Keys = [reader.Key, sender.Key] });
        using var allowed = server.ClientWith(reader.Secret);
        using var scraper = new HttpClient { BaseAddress = server.Address };
        scraper.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", reader.Secret);
        using var refused = server.ClientWith(sender.Secret);

        await allowed.GetStringAsync("/v1/traffic", TestContext.Current.CancellationToken);

        // A request is measured after its answer went out.
        var (text, asked) = ("", 0);
        while (!text.Contains("http_route=\"/v1/traffic\"", StringComparison.Ordinal) && asked++ < 1000)
        {
            text = await scraper.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        }

        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Matches("http_server_request_duration_seconds_bucket\\{[^}]*http_route=\"/v1/traffic\"[^}]*le=\"\\+Inf\"\\} 1\n", text);
        Assert.Contains("# TYPE guard_server_body_memory_bytes gauge\n", text, StringComparison.Ordinal);
        using var answer = await refused.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_are_not_served_unless_wanted()
    {
        await using var server = await TestServer.StartAsync(new GuardServerOptions());

        using var answer = await server.Client.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("guard.decisions", "{click}", true, false, "guard_decisions_total")]
    [InlineData("guard.decision.duration", "s", false, false, "guard_decision_duration_seconds")]
    [InlineData("guard.shards.size", "By", false, true, "guard_shards_size_bytes")]
    [InlineData("orleans-streams-queue-read-failures", "", true, false, "orleans_streams_queue_read_failures_total")]
    [InlineData("process.cpu.share", "1", false, true, "process_cpu_share_ratio")]
    [InlineData("9.lives", "1", true, false, "_9_lives_total")]
    public void Names_are_translated_as_OpenTelemetry_says(string name, string unit, bool isCounter, bool isGauge, string expected) =>
        Assert.Equal(expected, PrometheusName.Of(name, unit, isCounter, isGauge));
}
