using System.Net;
using System.Text;
using Guard.Server.Hubs;
using Guard.Server.Keys;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Hubs;

public sealed class SharedAccessSignatureTests : IAsyncLifetime
{
    private const string Key = "c2VjcmV0IG9mIHRoZSB0ZXN0LCAzMiBieXRlcyBsb25nISE=";
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);
    private static readonly SharedAccessPolicy s_policy = new("send only", Key);
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new GuardServerOptions { SharedAccessPolicies = [s_policy, new("clicks", Key + "2", "clicks")] });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // Made once with the JavaScript of "Generate a SAS token" (learn.microsoft.com), the algorithm of Azure's SDKs:
    // sr = encodeURIComponent("sb://localhost/clicks"), se = 1767229200.
    [Theory]
    [InlineData("SharedAccessSignature sr=sb%3A%2F%2Flocalhost%2Fclicks&sig=Sl%2BVnNNCzGV9u%2FiamjyEs4%2B24BY0vrVvCcLF1aLeOUA%3D&se=1767229200&skn=send%20only", null)]
    public void A_token_made_by_the_documented_algorithm_is_taken(string token, string? refusal) =>
        Assert.Equal(refusal, SharedAccessSignature.Refusal(token, "clicks", [s_policy], s_now));

    [Theory]
    [InlineData("sb://localhost/clicks", "clicks", null)]
    [InlineData("sb://localhost/", "clicks", null)]
    [InlineData("https://ns.servicebus.windows.net/clicks/messages", "clicks", null)]
    [InlineData("sb://localhost/CLICKS", "clicks", null)]
    [InlineData("sb://localhost/other", "clicks", "InvalidAudience")]
    [InlineData("sb://localhost/click", "clicks", "InvalidAudience")]
    public void A_token_covers_its_hub_or_the_whole_namespace(string resource, string hub, string? refusal) =>
        AssertRefusal(refusal, SharedAccessSignature.Refusal(Sign(resource, s_policy.Name, Key, s_now.AddHours(1)), hub, [s_policy], s_now));

    [Fact]
    public void A_token_ends_with_its_expiry()
    {
        var token = Sign("sb://localhost/clicks", s_policy.Name, Key, s_now);

        Assert.Null(SharedAccessSignature.Refusal(token, "clicks", [s_policy], s_now.AddSeconds(-1)));
        AssertRefusal("ExpiredToken", SharedAccessSignature.Refusal(token, "clicks", [s_policy], s_now));
    }

    [Fact]
    public void A_policy_of_one_hub_does_not_open_another() =>
        AssertRefusal("InvalidAudience", SharedAccessSignature.Refusal(Sign("sb://localhost/", "p", Key, s_now.AddHours(1)), "orders", [new("p", Key, "clicks")], s_now));

    [Theory]
    [InlineData("", "MissingToken")]
    [InlineData("Bearer x", "MissingToken")]
    [InlineData("SharedAccessSignature ", "MalformedToken")]
    [InlineData("SharedAccessSignature sr=a&sig=b&se=c&skn=d", "MalformedToken")]
    [InlineData("SharedAccessSignature sr=a&sr=b&sig=b&se=1&skn=d", "MalformedToken")]
    [InlineData("SharedAccessSignature sr=a&sig=%%%&se=9999999999&skn=send%20only", "InvalidSignature")]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=9999999999&skn=nobody", "InvalidSignature")]
    public void What_is_no_token_is_refused_with_what_is_wrong(string authorization, string refusal) =>
        AssertRefusal(refusal, SharedAccessSignature.Refusal(authorization, "clicks", [s_policy], s_now));

    [Fact]
    public void A_token_changed_anywhere_is_refused()
    {
        var token = Sign("sb://localhost/clicks", s_policy.Name, Key, s_now.AddHours(1));
        for (var index = "SharedAccessSignature ".Length; index < token.Length; index++)
        {
            var changed = token[..index] + (token[index] == '1' ? '2' : '1') + token[(index + 1)..];
            Assert.NotNull(SharedAccessSignature.Refusal(changed, "clicks", [s_policy], s_now));
        }
    }

    [Fact]
    public async Task Node_makes_a_token_as_the_SDKs_do_and_sends_with_it()
    {
        const string Script = """
            const crypto = require("node:crypto");
            const [address, keyName, key, body, batch] = process.argv.slice(1);
            const sr = encodeURIComponent("sb://" + new URL(address).host + "/clicks");
            const se = Math.floor(Date.now() / 1000) + 3600;
            const sig = encodeURIComponent(crypto.createHmac("sha256", key).update(sr + "\n" + se).digest("base64"));
            const Authorization = `SharedAccessSignature sr=${sr}&sig=${sig}&se=${se}&skn=${encodeURIComponent(keyName)}`;
            const send = (type, text) => fetch(address + "clicks/messages?timeout=60&api-version=2014-01", { method: "POST", body: text, headers: { Authorization, "Content-Type": type, BrokerProperties: '{"PartitionKey":"1"}' } });
            (async () => {
              const one = await send("application/atom+xml;type=entry;charset=utf-8", body);
              const many = await send("application/vnd.microsoft.servicebus.json", batch);
              console.log(one.status, many.status);
            })();
            """;
        var batch = System.Text.Json.JsonSerializer.Serialize(new[] { new { Body = Events.Click("c-2"), BrokerProperties = new { PartitionKey = "1" }, UserProperties = new { Alert = "x" } } });

        var output = await Tools.RunAsync("node", ["-e", Script, _server.Address.AbsoluteUri, s_policy.Name, Key, Events.Click("c-1"), batch]);

        Assert.Equal("201 201", output.Trim());
        Assert.Equal(2, _server.Host.Last);
    }

    [Theory]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=9999999999&skn=nobody")]
    [InlineData(null)]
    public async Task Without_a_good_token_the_answer_is_401(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/clicks/messages") { Content = new StringContent(Events.Click("c-1")) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(0, _server.Host.Last);
    }

    [Fact]
    public async Task A_key_that_may_send_does_as_well()
    {
        var key = ApiKeys.Create("k", ApiScopes.Send, DateTimeOffset.UnixEpoch);
        var reader = ApiKeys.Create("r", ApiScopes.Read, DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.StartAsync(new GuardServerOptions { Keys = [key.Key, reader.Key] });
        foreach (var (secret, status) in new[] { (key.Secret, HttpStatusCode.Created), (reader.Secret, HttpStatusCode.Unauthorized), ("no", HttpStatusCode.Unauthorized) })
        {
            using var client = server.ClientWith(secret);
            using var answer = await client.PostAsync(new Uri("/clicks/messages", UriKind.Relative), new StringContent(Events.Click("c")), TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static void AssertRefusal(string? expected, string? actual)
    {
        if (expected is null)
        {
            Assert.Null(actual);
        }
        else
        {
            Assert.StartsWith(expected, actual);
        }
    }

    private static string Sign(string resource, string name, string key, DateTimeOffset expiry)
    {
        var sr = Uri.EscapeDataString(resource);
        var sig = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{sr}\n{expiry.ToUnixTimeSeconds()}")));
        return $"SharedAccessSignature sr={sr}&sig={Uri.EscapeDataString(sig)}&se={expiry.ToUnixTimeSeconds()}&skn={Uri.EscapeDataString(name)}";
    }
}
