using System.Net;
using System.Text;
using Guard.Core.Hosting;
using Guard.Engine.Tests.Hosting;
using Guard.Server.Keys;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Telemetry;

/// <summary>Sends marked identities to every address, in good requests and bad ones, and looks for the marks in all that the server tells of itself.</summary>
public sealed class PrivacyTests
{
    private const string Mark = "marked";
    private const string Address = "198.51.100.77";
    private static readonly string[] s_paths =
    [
        "/v1/decisions/marked-click", "/v1/decisions/marked%2Fclick", "/v1/users/marked-user", "/v1/users/marked%00user", "/v1/slices/marked", "/v1/streams/marked", "/v1/decisions?after=marked",
        "/v1/decisions?slice=marked", "/v1/decisions?verdict=marked", "/v1/quarantine?max=marked", "/v1/alerts?max=marked", "/marked", "/v1/marked?marked=marked", "/openapi/marked.json", "/health/marked",
        "/v1/traffic?clickId=marked", "/v1/slices?marked", "/v1/thresholds?marked", "/v1/streams?marked", "/health/live?marked", "/health/ready?marked",
    ];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task No_identity_leaves_through_logs_problems_metrics_or_spans(bool withKeys, bool overEngine)
    {
        var key = ApiKeys.Create("k", ApiScopes.Admin, DateTimeOffset.UnixEpoch);
        await using var collector = await Collector.StartAsync();
        var (problems, log) = (new StringBuilder(), "");
        var requests = 0;
        using var folder = await HostFolder.CreateAsync();
        var options = new GuardServerOptions { OtlpEndpoint = collector.Address, TraceShare = 1, Keys = withKeys ? [key.Key] : [] };
        await using (var engine = overEngine ? await EngineServer.StartAsync(folder, options) : null)
        {
            await using var server = engine?.Server ?? await TestServer.StartAsync(options);
            using var client = withKeys ? server.ClientWith(key.Secret) : new HttpClient { BaseAddress = server.Address };
            foreach (var request in Requests())
            {
                requests++;
                using (request)
                {
                    await SendAsync(client, request, problems);
                }
            }

            foreach (var fault in new Exception[] { new InvalidOperationException("failed on marked-user"), new BusyException("The queue is full.", TimeSpan.FromSeconds(1)), new FormatException("x", new KeyNotFoundException("marked")) })
            {
                server.Host.Fault = fault;
                using var request = Post("/v1/events", Events.Click("marked-click", "marked-user"));
                await SendAsync(client, request, problems);
            }

            using (var broken = await RawClient.ConnectAsync(server))
            {
                await broken.WriteAsync("GET /marked marked\r\nmarked\r\n\r\n");
                await broken.ReadToEndAsync();
            }

            using (var stranger = Post("/v1/events", Events.Click("marked-click", "marked-user")))
            {
                stranger.Headers.Add("x-api-key", "guard_marked_marked");
                await SendAsync(server.Client, stranger, problems);
            }

            await server.StopAsync();
            log = string.Join('\n', server.Log.Lines);
        }

        var told = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["log"] = log,
            ["problems"] = problems.ToString(),
            ["metrics"] = collector.Received("/v1/metrics"),
            ["spans"] = collector.Received("/v1/traces"),
        };
        Assert.True(requests > 40);
        Assert.Contains(overEngine ? "guard.decisions" : "http.server.request.duration", told["metrics"]);
        Assert.True(overEngine || log.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.All(told, item =>
        {
            Assert.NotEmpty(item.Value);
            Assert.DoesNotContain(Mark, item.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Address, item.Value);
            Assert.DoesNotContain(key.Secret, item.Value);
            Assert.DoesNotContain(key.Key.Id, item.Value);
        });
    }

    private static IEnumerable<HttpRequestMessage> Requests()
    {
        foreach (var path in s_paths)
        {
            yield return new HttpRequestMessage(HttpMethod.Get, path);
            yield return new HttpRequestMessage(HttpMethod.Delete, path);
        }

        var good = Events.Click("marked-click", "marked-user", agent: "marked-agent").Replace("203.0.113.7", Address, StringComparison.Ordinal);
        foreach (var path in new[] { "/v1/events", "/v1/score", "/clicks/messages", "/marked-hub/messages" })
        {
            yield return Post(path, good);
            yield return Post(path, good);
            yield return Post(path, good.Replace("2026-01-01T12:00:00Z", "marked-time", StringComparison.Ordinal));
            yield return Post(path, good[..^2]);
            yield return Post(path, "marked");
            yield return Post(path, $"[{good}]");
            yield return Post(path, good, "application/marked");
            yield return Post(path + "?marked=" + Address, good);
            var gzip = Post(path, good);
            gzip.Content!.Headers.ContentEncoding.Add("gzip");
            yield return gzip;
            var encoding = Post(path, good);
            encoding.Content!.Headers.TryAddWithoutValidation("Content-Encoding", "marked");
            yield return encoding;
            var origin = Post(path, good);
            origin.Headers.TryAddWithoutValidation("Origin", "http://marked.example");
            yield return origin;
            var signed = Post(path, good);
            signed.Headers.TryAddWithoutValidation("Authorization", "SharedAccessSignature sr=marked&sig=marked&se=1&skn=marked");
            yield return signed;
            var traced = Post(path, good);
            traced.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            traced.Headers.TryAddWithoutValidation("tracestate", "guard=marked");
            traced.Headers.TryAddWithoutValidation("baggage", "user=marked");
            traced.Headers.TryAddWithoutValidation("User-Agent", "marked");
            traced.Headers.TryAddWithoutValidation("X-Forwarded-For", Address);
            yield return traced;
        }

        var host = Post("/v1/events", good);
        host.Headers.Host = "marked.example";
        yield return host;
        var method = new HttpRequestMessage(new HttpMethod("MARKED"), "/v1/events");
        yield return method;
        yield return Post("/clicks/messages", "[{\"Body\":{\"marked\":1}}]", "application/vnd.microsoft.servicebus.json");
    }

    private static HttpRequestMessage Post(string path, string body, string type = "application/cloudevents+json") => new(HttpMethod.Post, path) { Content = Events.Body(body, type) };

    private static async Task SendAsync(HttpClient client, HttpRequestMessage request, StringBuilder problems)
    {
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.StatusCode >= HttpStatusCode.BadRequest)
        {
            problems.AppendLine(string.Join('\n', answer.Headers)).AppendLine(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }
}
