using System.Net;
using FsCheck.Fluent;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Api;

public sealed class NamesInPathsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("a/b//c/")]
    [InlineData("a%2Fb")]
    [InlineData("100% \"sure\"?#&=+;,")]
    [InlineData("/")]
    [InlineData("%")]
    [InlineData("%25")]
    [InlineData("ключ 鍵 🔑")]
    [InlineData("a/../b")]
    [InlineData("\\..\\")]
    [InlineData("{clickId}")]
    public async Task A_click_is_found_by_any_id(string id)
    {
        await SendAsync(id);

        Assert.Equal(id, await FindAsync(id));
    }

    [Fact]
    public async Task A_slash_may_stand_as_it_is()
    {
        await SendAsync("a/b");

        Assert.Equal("a/b", (await _server.Client.GetJsonAsync("/v1/decisions/a/b")).GetProperty("decision").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Every_text_that_an_id_may_be_is_found()
    {
        var texts = Gen.Sample(Gen.NonEmptyListOf(Gen.Elements("aZ09%/?#&+ :\\\"'~ü鍵".ToCharArray())), 40, 60)
            .Select(letters => new string([.. letters])).Where(text => text.Length <= 60).Distinct(StringComparer.Ordinal);
        foreach (var id in texts)
        {
            await SendAsync(id);
            Assert.Equal(id, await FindAsync(id));
        }
    }

    [Fact]
    public async Task A_user_is_found_by_the_id_that_producers_send()
    {
        await SendAsync("c-1", "user/with 100%");

        var user = await _server.Client.GetJsonAsync("/v1/users/" + Uri.EscapeDataString("user/with 100%"));

        Assert.Equal(1, user.GetProperty("counters").GetProperty("clicksDay").GetInt32());
        Assert.Equal("c-1", Assert.Single(user.GetProperty("recent").EnumerateArray()).GetProperty("id").GetString());
        Assert.DoesNotContain("user/with", user.GetRawText());
    }

    private async Task SendAsync(string id, string user = "u")
    {
        using var answer = await _server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), Events.Body(Events.Click(id, user)), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await answer.JsonAsync()).GetProperty("accepted").GetInt32());
    }

    // A client of its own, which sends the path as it is written.
    private async Task<string?> FindAsync(string id)
    {
        var address = new Uri(_server.Address, "/v1/decisions/" + Uri.EscapeDataString(id));
        using var answer = await _server.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("decision").GetProperty("id").GetString();
    }
}
