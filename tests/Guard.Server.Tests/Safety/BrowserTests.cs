using System.Net;
using Guard.Server.Keys;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Safety;

/// <summary>What a web page in a browser on the same machine could try.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LocalHost:5080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.nip.io", HttpStatusCode.MisdirectedRequest)]
    public async Task Without_keys_another_name_of_the_machine_is_refused(string host, HttpStatusCode status)
    {
        using var answer = await SendAsync(_server.Client, HttpMethod.Get, ("Host", host));

        Assert.Equal(status, answer.StatusCode);
        if (status != HttpStatusCode.OK)
        {
            await answer.ProblemAsync(status);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task Without_keys_nobody_is_served_through_a_proxy(string header)
    {
        using var answer = await SendAsync(_server.Client, HttpMethod.Get, (header, "for=192.0.2.1"));

        await answer.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task With_keys_any_name_and_a_proxy_do()
    {
        var key = ApiKeys.Create("k", ApiScopes.Read, DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.StartAsync(new GuardServerOptions { Keys = [key.Key] });
        using var client = server.ClientWith(key.Secret);
        using var answer = await SendAsync(client, HttpMethod.Get, ("Host", "guard.example"), ("X-Forwarded-For", "192.0.2.1"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost:1", false)]
    [InlineData("Origin", "itself", true)]
    public async Task A_page_of_another_site_cannot_send(string header, string value, bool allowed)
    {
        using var answer = await SendAsync(_server.Client, HttpMethod.Post, (header, value == "itself" ? _server.Address.GetLeftPart(UriPartial.Authority) : value));

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(allowed ? 1 : 0, _server.Host.Last);
    }

    [Fact]
    public async Task Every_answer_forbids_framing_sniffing_and_other_sites_content()
    {
        foreach (var path in new[] { "/v1/traffic", "/nothing", "/health/live", "/openapi/v1.json" })
        {
            using var answer = await _server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

            Assert.Contains("default-src 'none'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("http", policy);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, method == HttpMethod.Post ? "/v1/events" : "/v1/traffic") { Content = method == HttpMethod.Post ? Events.Body(Events.Click("c")) : null };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
