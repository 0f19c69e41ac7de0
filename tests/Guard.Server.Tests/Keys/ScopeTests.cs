using System.Net;
using System.Text;
using Guard.Server.Keys;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Keys;

public sealed class ScopeTests : IAsyncLifetime
{
    private static readonly Dictionary<ApiScopes, NewApiKey> s_keys =
        new[] { ApiScopes.Send, ApiScopes.Read, ApiScopes.Admin }.ToDictionary(scope => scope, scope => ApiKeys.Create(scope.ToString(), scope, DateTimeOffset.UnixEpoch));

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new GuardServerOptions { Keys = [.. s_keys.Values.Select(key => key.Key)] });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/events", ApiScopes.Send)]
    [InlineData("POST", "/v1/score", ApiScopes.Send)]
    [InlineData("GET", "/v1/decisions", ApiScopes.Read)]
    [InlineData("GET", "/v1/decisions/c", ApiScopes.Read)]
    [InlineData("GET", "/v1/users/u-1", ApiScopes.Admin)]
    [InlineData("GET", "/v1/traffic", ApiScopes.Read)]
    [InlineData("GET", "/v1/slices", ApiScopes.Read)]
    [InlineData("GET", "/v1/slices/all", ApiScopes.Read)]
    [InlineData("GET", "/v1/thresholds", ApiScopes.Read)]
    [InlineData("GET", "/v1/streams", ApiScopes.Read)]
    [InlineData("GET", "/v1/streams/s", ApiScopes.Read)]
    [InlineData("GET", "/v1/alerts", ApiScopes.Read)]
    [InlineData("GET", "/v1/quarantine", ApiScopes.Read)]
    public async Task Each_address_wants_its_scope(string method, string path, ApiScopes wanted)
    {
        using (var nobody = await SendAsync(_server.Client, method, path))
        {
            await nobody.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer realm=\"Guard\"", nobody.Headers.WwwAuthenticate.Single().ToString());
        }

        foreach (var (scope, key) in s_keys)
        {
            using var client = _server.ClientWith(key.Secret);
            using var answer = await SendAsync(client, method, path);
            if (scope == wanted || scope == ApiScopes.Admin)
            {
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{answer.StatusCode} for {scope}");
            }
            else
            {
                await answer.ProblemAsync(HttpStatusCode.Forbidden);
            }
        }
    }

    [Fact]
    public async Task A_key_that_has_expired_opens_nothing()
    {
        var key = ApiKeys.Create("old", ApiScopes.Admin, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        await using var server = await TestServer.StartAsync(new GuardServerOptions { Keys = [key.Key] });
        using var client = server.ClientWith(key.Secret);
        using var answer = await SendAsync(client, "GET", "/v1/traffic");

        await answer.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_and_description_want_no_key(string path)
    {
        using var answer = await SendAsync(_server.Client, "GET", path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_tells_nobody_more_than_that()
    {
        using var client = _server.ClientWith(s_keys[ApiScopes.Read].Secret);
        using var answer = await SendAsync(client, "GET", "/v1/nothing");

        await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Bearer {0}", HttpStatusCode.OK)]
    [InlineData("bearer {0}", HttpStatusCode.OK)]
    [InlineData("Bearer {0}x", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer", HttpStatusCode.Unauthorized)]
    [InlineData("Basic !!!", HttpStatusCode.Unauthorized)]
    [InlineData("Digest {0}", HttpStatusCode.Unauthorized)]
    public async Task A_key_comes_as_a_bearer_token(string header, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/traffic");
        request.Headers.TryAddWithoutValidation("Authorization", string.Format(header, s_keys[ApiScopes.Read].Secret));
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_is_asked_for_the_key_and_gives_it_as_the_password()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/v1/traffic");
        asked.Headers.Accept.ParseAdd("text/html");
        using var challenge = await _server.Client.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal("Basic", challenge.Headers.WwwAuthenticate.Single().Scheme);

        using var given = new HttpRequestMessage(HttpMethod.Get, "/v1/traffic");
        given.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anyone:" + s_keys[ApiScopes.Read].Secret)));
        using var answer = await _server.Client.SendAsync(given, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? Events.Body(Events.Click("c")) : null };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
