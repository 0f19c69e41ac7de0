using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Guard.Silo.Tests.Operations;

public sealed class RunCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_takes_events_in_and_serves_their_decisions_and_a_kill_loses_none()
    {
        using var folder = new TemporaryFolder();
        var events = EventLines(3_000);
        long accepted;
        await using (var silo = SiloProgram.Start(folder.Path))
        {
            var lines = await silo.ReadToAsync("cluster ");
            Assert.Equal(
                [$"console     http://127.0.0.1:{silo.Port}/", $"dashboard   http://127.0.0.1:{silo.Port}/dashboard/"],
                lines.Where(line => line.StartsWith("console", StringComparison.Ordinal) || line.StartsWith("dashboard", StringComparison.Ordinal)));
            Assert.StartsWith("cluster     guard (Development), silo port", lines[^1]);
            Assert.Contains("making a starter from simulated traffic", silo.Errors);

            accepted = await SendAsync(silo, events);
            Assert.Equal(2_950, accepted);
            await silo.KillAsync();
        }

        await using var again = SiloProgram.Start(folder.Path);
        await again.ReadToAsync("cluster ");

        Assert.Equal(0, await SendAsync(again, events));
        var decisions = await DecisionsAsync(again);
        Assert.Equal(decisions.Count, decisions.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Clicks(events), decisions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_setting_that_does_not_do_ends_it_with_one_line_that_names_it()
    {
        using var folder = new TemporaryFolder();
        await using var silo = SiloProgram.Start(folder.Path, ("GUARD__GRAINS__HTTPPARTITIONS", "0"));

        Assert.Equal(1, await silo.EndAsync());

        Assert.Contains("HttpPartitions", silo.Errors.Trim());
        Assert.DoesNotContain('\n', silo.Errors.Trim());
    }

    [Theory]
    [InlineData("Listen", "GUARD__LISTEN", "127.0.0.1:{0}")]
    [InlineData("Endpoints:SiloPort", "GUARD__ENDPOINTS__SILOPORT", "{0}")]
    [InlineData("Endpoints:GatewayPort", "GUARD__ENDPOINTS__GATEWAYPORT", "{0}")]
    public async Task A_port_that_another_program_has_ends_it_with_one_line_that_names_it(string setting, string variable, string value)
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var silo = SiloProgram.Start(folder.Path, (variable, string.Format(CultureInfo.InvariantCulture, value, port)));

        Assert.Equal(1, await silo.EndAsync());

        Assert.StartsWith($"Guard:{setting}: another program listens on 127.0.0.1:{port}", silo.Errors.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', silo.Errors.Trim());
    }

    private static List<string> EventLines(int count)
    {
        var end = TimeProvider.System.GetUtcNow().Date.AddDays(-1);
        return [.. Enumerable.Range(0, count).Select(index =>
            $$$"""{"specversion":"1.0","id":"c-{{{index % (count - 50)}}}","source":"/ads/click/eu1","type":"guard.ad.click.v1","time":"{{{end.AddSeconds(index % (count - 50)):yyyy-MM-dd'T'HH:mm:ss'Z'}}}","data":{"userId":"u{{{index % 97}}}","ip":"203.0.113.{{{index % 60}}}","userAgent":"Mozilla/5.0","deviceType":"mobile","marketplace":"DE","costMicros":5}}""")];
    }

    private static IEnumerable<string> Clicks(List<string> events) =>
        events.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // As a producer does: what is not taken in is sent again.
    private static async Task<long> SendAsync(SiloProgram silo, List<string> events)
    {
        var accepted = 0L;
        foreach (var part in events.Chunk(500))
        {
            while (true)
            {
                using var body = new StringContent(string.Join('\n', part), Encoding.UTF8, "application/x-ndjson");
                using var answer = await silo.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), body, Cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    accepted += (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("accepted").GetInt64();
                    break;
                }

                await Task.Delay(100, Cancellation);
            }
        }

        return accepted;
    }

    private static async Task<List<string>> DecisionsAsync(SiloProgram silo)
    {
        var ids = new List<string>();
        for (long after = 0; ids.Count < 2_950;)
        {
            var page = await silo.Client.GetFromJsonAsync<JsonElement>(new Uri($"/v1/decisions?after={after}&max=1000&wait=10", UriKind.Relative), Cancellation);
            var decisions = page.GetProperty("decisions").EnumerateArray().ToList();
            if (decisions.Count == 0)
            {
                break;
            }

            ids.AddRange(decisions.Select(decision => decision.GetProperty("data").GetProperty("clickId").GetString()!));
            after = long.Parse(page.GetProperty("next").ToString(), System.Globalization.CultureInfo.InvariantCulture);
        }

        return ids;
    }
}
