using System.Net;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests.Console;

/// <summary>Asks every page of the console for marked identities, and looks for the marks in addresses, pages and the log.</summary>
public sealed class ConsolePrivacyTests
{
    private const string Mark = "marked";

    [Fact]
    public async Task No_identity_comes_into_an_address_a_page_or_the_log()
    {
        var log = new TestServer.CapturedLog();
        await using var server = await ConsoleServer.StartAsync(log: log);
        var told = new List<string>();
        foreach (var fault in new Exception?[] { null, new InvalidOperationException("failed on marked-user") })
        {
            server.Host.Fault = fault;
            foreach (var (path, field) in new[] { ("/users", "userId"), ("/decisions/find", "clickId"), ("/users", "marked"), ("/marked", "userId") })
            {
                using var form = new FormUrlEncodedContent([new(field, "marked-user"), new("ip", "marked-address")]);
                using var answer = await server.Client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
                told.Add($"{answer.Headers}\n{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }

            foreach (var path in new[] { "/", "/slices", "/decisions", "/decisions/7", "/streams", "/alerts", "/quarantine", "/versions", "/users", "/marked", "/console/marked" })
            {
                using var answer = await server.Client.GetAsync(new Uri($"{path}?userId=marked-user&ip=marked-address", UriKind.Relative), TestContext.Current.CancellationToken);
                told.Add($"{answer.Headers}\n{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
        }

        Assert.All(told, answer => Assert.DoesNotContain(Mark, answer, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(log.Lines, line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(Mark, line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_user_who_is_known_stands_in_no_link_of_the_page()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var form = new FormUrlEncodedContent([new("userId", SeededHost.KnownUser)]);
        using var answer = await server.Client.PostAsync(new Uri("/users", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(SeededHost.KnownUser, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
