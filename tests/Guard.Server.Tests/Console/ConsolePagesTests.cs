using System.Net;
using System.Text.RegularExpressions;
using Guard.Core.Hosting;
using Guard.Server.Keys;

namespace Guard.Server.Tests.Console;

public sealed partial class ConsolePagesTests
{
    private static readonly string[] s_pages =
        ["/", "/slices", "/slices/all", "/slices/mobile/in/DE?span=7d", "/decisions", "/decisions/7", "/streams", "/streams/view?stream=queue.depth", "/alerts", "/quarantine", "/versions", "/users"];

    [Fact]
    public async Task Every_page_keeps_a_strict_content_policy_and_needs_nothing_inline()
    {
        await using var server = await ConsoleServer.StartAsync();
        foreach (var address in s_pages)
        {
            using var answer = await server.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("unsafe-inline", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl?.NoStore, $"{address} may be kept.");
            Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
            Assert.False(Inline().IsMatch(page), $"{address} has {Inline().Match(page).Value}.");
            Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Style_and_script_are_kept_by_their_tag_until_their_content_changes()
    {
        await using var server = await ConsoleServer.StartAsync();
        foreach (var address in Asset().Matches(await server.PageAsync("/")).Select(match => match.Groups[1].Value))
        {
            using var first = await server.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(address.Split('?')[0], UriKind.Relative));
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await server.Client.SendAsync(again, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), first.Headers.CacheControl?.MaxAge);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Fact]
    public async Task A_browser_that_asks_for_nothing_gets_a_page_a_program_a_problem_and_a_stranger_neither()
    {
        await using var server = await ConsoleServer.StartAsync();
        await using var kept = await ConsoleServer.StartAsync(options: new() { Keys = [ApiKeys.Create("reader", ApiScopes.Read, DateTimeOffset.UnixEpoch).Key] });
        using var browser = await AskAsync(server, "/nothing/here", "text/html,*/*;q=0.8");
        using var program = await AskAsync(server, "/nothing/here", "*/*");
        using var wrong = await AskAsync(server, "/v1/score", "text/html");
        using var stranger = await AskAsync(kept, "/nothing/here", "text/html");

        Assert.Equal(HttpStatusCode.NotFound, browser.StatusCode);
        Assert.Contains("There is no page at this address", await browser.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("text/html", browser.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("unsafe-inline", browser.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, program.StatusCode);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task A_slices_curve_marks_its_threshold_with_what_it_buys_and_the_budget()
    {
        await using var server = await ConsoleServer.StartAsync();
        var page = await server.PageAsync("/slices/mobile/in");

        Assert.Matches(@"threshold 0\.\d{4}: IVR [\d.]+ %, FPR [\d.]+ %", page);
        Assert.Contains("budget of all traffic, 1.00 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_click_is_found_by_its_id_and_shown_under_its_number()
    {
        await using var server = await ConsoleServer.StartAsync();
        server.Host.Add("the-click");

        using var found = await PostAsync(server, "/decisions/find", "clickId", " the-click ");
        using var missing = await PostAsync(server, "/decisions/find", "clickId", "another <click>");

        Assert.Equal(HttpStatusCode.SeeOther, found.StatusCode);
        Assert.Equal($"/decisions/{server.Host.Last}", found.Headers.Location?.ToString());
        Assert.Contains("the-click", await server.PageAsync(found.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.DoesNotContain("another", await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_id_goes_into_no_page()
    {
        await using var server = await ConsoleServer.StartAsync();
        foreach (var user in new[] { SeededHost.KnownUser, "somebody-unknown" })
        {
            using var answer = await PostAsync(server, "/users", "userId", user);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(user, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_want_a_key_that_reads_and_a_users_record_one_that_administers()
    {
        var (reader, admin) = (ApiKeys.Create("reader", ApiScopes.Read, DateTimeOffset.UnixEpoch), ApiKeys.Create("admin", ApiScopes.Admin, DateTimeOffset.UnixEpoch));
        await using var server = await ConsoleServer.StartAsync(options: new GuardServerOptions { Keys = [reader.Key, admin.Key] });
        await server.PageAsync("/", HttpStatusCode.Unauthorized);
        await server.PageAsync("/console/live", HttpStatusCode.Unauthorized);

        server.Client.DefaultRequestHeaders.Add("x-api-key", reader.Secret);
        await server.PageAsync("/");
        using var refused = await PostAsync(server, "/users", "userId", SeededHost.KnownUser);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        server.Client.DefaultRequestHeaders.Remove("x-api-key");
        server.Client.DefaultRequestHeaders.Add("x-api-key", admin.Secret);
        using var shown = await PostAsync(server, "/users", "userId", SeededHost.KnownUser);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Theory]
    [InlineData("/slices/mobile/sideways", "no slice")]
    [InlineData("/slices/tv", "No click of the slice tv")]
    [InlineData("/decisions/0", "no decision 0")]
    [InlineData("/decisions/100000", "no decision 100000")]
    [InlineData("/streams/view?stream=none", "no stream")]
    [InlineData("/streams/view", "no stream")]
    public async Task What_is_not_there_is_said_on_a_page(string address, string says)
    {
        await using var server = await ConsoleServer.StartAsync();

        Assert.Contains(says, await server.PageAsync(address, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/decisions?verdict=perhaps", "The verdict is unknown")]
    [InlineData("/decisions?slice=mobile/sideways", "This is no slice")]
    public async Task A_filter_that_means_nothing_is_refused_with_what_to_write(string address, string says)
    {
        await using var server = await ConsoleServer.StartAsync();

        Assert.Contains(says, await server.PageAsync(address, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/decisions?before=nothing")]
    [InlineData("/decisions?before=-3")]
    [InlineData("/slices?sort=odd")]
    [InlineData("/?span=century")]
    [InlineData("/streams?page=99999999999")]
    [InlineData("/streams/view?stream=queue.depth&dimension=7")]
    public async Task What_an_address_says_too_much_falls_back_to_the_usual(string address)
    {
        await using var server = await ConsoleServer.StartAsync();

        await server.PageAsync(address);
    }

    [Fact]
    public async Task Pages_of_decisions_lead_to_the_oldest_and_repeat_none()
    {
        await using var server = await ConsoleServer.StartAsync();
        var (address, numbers) = ("/decisions?verdict=valid", new List<long>());
        for (var page = 0; address.Length > 0 && page < 50; page++)
        {
            var text = await server.PageAsync(address);
            numbers.AddRange(Number().Matches(text).Select(match => long.Parse(match.Groups[1].Value)));
            address = Older().Match(text).Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        }

        var valid = await server.Host.ReadAsync(new() { Maximum = 10_000, Verdict = Guard.Core.Scoring.Verdict.Valid }, TestContext.Current.CancellationToken);
        Assert.Equal(valid.Decisions.Select(decision => decision.Number).Reverse(), numbers);
    }

    [Fact]
    public async Task A_host_that_has_just_begun_tells_what_to_do()
    {
        await using var server = await ConsoleServer.StartAsync(empty: true);

        foreach (var address in new[] { "/", "/slices", "/decisions", "/streams" })
        {
            Assert.Contains("guard simulate --to", await server.PageAsync(address), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_host_that_does_not_answer_gets_a_page_that_says_so()
    {
        await using var server = await ConsoleServer.StartAsync();
        server.Host.Fault = new InvalidOperationException("user-7 is not to be told");

        var page = await server.PageAsync("/", HttpStatusCode.ServiceUnavailable);

        Assert.Contains("did not answer", page, StringComparison.Ordinal);
        Assert.DoesNotContain("user-7", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_several_dimensions_says_why_it_has_no_band()
    {
        await using var server = await ConsoleServer.StartAsync();

        Assert.Contains("No expected band is drawn", await server.PageAsync("/streams/view?stream=queue.depth&dimension=1"), StringComparison.Ordinal);
        Assert.DoesNotContain("No expected band is drawn", await server.PageAsync("/streams/view?stream=click.latency"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_says_what_is_wrong_with_the_host_and_how_many_alerts_are_open()
    {
        await using var server = await ConsoleServer.StartAsync();
        server.Host.NotReady = "The disk is <full>.";

        var page = await server.PageAsync("/versions");

        Assert.Contains("The disk is &lt;full&gt;.", page, StringComparison.Ordinal);
        var open = (await ((IStreams)server.Host).AlertsAsync(200, TestContext.Current.CancellationToken)).Count(alert => alert.Alert.End is null);
        Assert.True(open > 0);
        Assert.Contains($"<title>({open}) ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thresholds_of_another_model_and_a_fault_of_a_newer_version_are_said()
    {
        await using var server = await ConsoleServer.StartAsync();
        server.Host.Policy = server.Host.Policy with { Model = server.Host.Policy.Model with { Version = "another" }, Fault = "weights.safetensors was cut short" };

        var page = await server.PageAsync("/versions");

        Assert.Contains("another model", page, StringComparison.Ordinal);
        Assert.Contains("cut short", page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(ConsoleServer server, string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> PostAsync(ConsoleServer server, string address, string field, string value)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = value });
        return await server.Client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<script>|<style|\\sstyle=|\\son[a-z]+=|javascript:")]
    private static partial Regex Inline();

    [GeneratedRegex("(?:href|src)=\"(/console/[^\"]+)\"")]
    private static partial Regex Asset();

    [GeneratedRegex("<th scope=\"row\" class=\"text id\"><a href=\"/decisions/(\\d+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("<a href=\"([^\"]+)\" rel=\"next\">Older")]
    private static partial Regex Older();
}
