using System.Text;
using System.Text.Json;
using Guard.Core.Lifecycle;
using Guard.Silo.Tests.Hosting;

namespace Guard.Silo.Tests.Reading;

public sealed class DecisionsOverHttpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_to_a_silo_is_read_by_cursor_found_explained_and_shown()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(folder.Path);
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        while (silo.Health.NotReady is not null)
        {
            await Task.Yield();
        }

        var clicks = Enumerable.Range(1, 40).Select(Click).ToArray();
        using var body = new StringContent(string.Join('\n', clicks), Encoding.UTF8, "application/x-ndjson");
        using var sent = await silo.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), body, Cancellation);
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync(Cancellation));

        var (ids, next) = (new List<string>(), 0L);
        while (ids.Count < clicks.Length)
        {
            using var page = await JsonAsync(silo, $"/v1/decisions?after={next}&max=15&wait=20");
            ids.AddRange(page.RootElement.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetString()!));
            next = page.RootElement.GetProperty("next").GetInt64();
            Assert.Equal(0, page.RootElement.GetProperty("missed").GetInt64());
        }

        Assert.Equal(Enumerable.Range(1, 40).Select(number => $"c-{number}"), ids);
        Assert.Equal(40, next);
        var (status, found) = await silo.GetAsync("/v1/decisions/c-7");
        Assert.Equal(200, status);
        Assert.Contains("\"decisionnumber\":\"7\"", found);
        Assert.Equal(404, (await silo.GetAsync("/v1/decisions/c-41")).Status);
        Assert.Equal(200, (await silo.GetAsync("/v1/users/u-3")).Status);
        Assert.Equal(404, (await silo.GetAsync("/v1/users/nobody")).Status);
        var (shown, text) = await silo.GetAsync("/decisions");
        Assert.Equal(200, shown);
        Assert.Contains("c-40", text);
    }

    private static async Task<JsonDocument> JsonAsync(TestSilo silo, string path)
    {
        var (status, text) = await silo.GetAsync(path);
        Assert.True(status == 200, text);
        return JsonDocument.Parse(text);
    }

    private static string Click(int number) => $$"""
        {"specversion":"1.0","id":"c-{{number}}","source":"/ads/click","type":"guard.ad.click.v1","time":"2026-01-01T12:00:{{number:D2}}Z","data":{"userId":"u-{{number % 5}}","ip":"203.0.113.7","userAgent":"Mozilla/5.0","deviceType":"mobile","marketplace":"DE","costMicros":350000} }
        """.Trim();
}
