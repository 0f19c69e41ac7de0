using System.Text.Json;
using Guard.Core.Lifecycle;
using Guard.Grains.Ingest;
using Guard.Grains.Tests.Watching;
using Guard.Grains.Watching;
using Guard.Server.Tests.Alerts;
using Guard.Silo.Tests.Hosting;

namespace Guard.Silo.Tests.Watching;

public sealed class ClusterConsoleTests
{
    [Fact]
    public async Task The_console_shows_traffic_slices_quarantine_streams_and_alerts_of_the_cluster()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(folder.Path);
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        await DeliverAsync(silo, "0", HubTraffic.Messages(51, 2000));
        await DeliverAsync(silo, "1", SpikeTraffic.Messages(SpikeTraffic.Points(1, 420)));
        await silo.Service<IGrainFactory>().GetGrain<ISliceMetricsGrain>(ISliceMetricsGrain.Key).PullAsync();
        await silo.Service<Guard.Core.Hosting.IAlertEvents>().WaitAsync(0, TestContext.Current.CancellationToken);

        using var traffic = await JsonAsync(silo, "/v1/traffic");
        var clicks = traffic.RootElement.GetProperty("clicks").GetInt64();
        Assert.InRange(clicks, 1500, 1900);
        Assert.Equal(JsonValueKind.Null, traffic.RootElement.GetProperty("storedBytes").ValueKind);
        using var slices = await JsonAsync(silo, "/v1/slices");
        Assert.Equal(clicks, slices.RootElement.GetProperty("slices")[0].GetProperty("lastDay").GetProperty("clicks").GetInt64());
        Assert.Contains("mobile", await PageAsync(silo, "/slices"));
        Assert.Contains("hub/0", await PageAsync(silo, "/quarantine"));
        Assert.Contains("guard.slice.all.clicks", await PageAsync(silo, "/streams"));
        Assert.Contains("probe-0", await PageAsync(silo, "/alerts"));
        Assert.Contains("thresholds", await PageAsync(silo, "/versions"), StringComparison.OrdinalIgnoreCase);
        using var stream = await JsonAsync(silo, "/v1/streams/probe-0");
        Assert.Equal(420, stream.RootElement.GetProperty("readings").GetArrayLength());
        Assert.NotEmpty(await PageAsync(silo, "/"));
    }

    [Fact]
    public async Task An_alert_reaches_the_webhook_that_the_silo_is_told_of()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = await Receiver.StartAsync(204);
        await using var silo = await TestSilo.StartAsync(
            folder.Path, ("Guard:Webhook:Address", receiver.Address.ToString()), ("Guard:Webhook:Secrets:0", Guard.Server.Alerts.WebhookSecret.Create()));
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        while (await silo.Service<IArtifactStore>().ReadAsync("webhook/cursor.json", TestContext.Current.CancellationToken) is not { } cursor
            || !System.Text.Encoding.UTF8.GetString(cursor.Content.Span).Contains("\"Delivered\":0", StringComparison.Ordinal))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await DeliverAsync(silo, "0", SpikeTraffic.Messages(SpikeTraffic.Points(1, 420)));

        var received = await receiver.NextAsync();
        using var json = JsonDocument.Parse(received.Body);
        Assert.Equal(("probe-0", 1), (json.RootElement.GetProperty("subject").GetString(), json.RootElement.GetProperty("data").GetProperty("number").GetInt64()));
        Assert.EndsWith(".started", received.Id);
    }

    private static async Task DeliverAsync(TestSilo silo, string partition, HubMessage[] messages)
    {
        foreach (var part in messages.Chunk(500))
        {
            await silo.Service<IGrainFactory>().GetGrain<IIngestGrain>(partition).DeliverAsync(part);
        }
    }

    private static async Task<string> PageAsync(TestSilo silo, string path)
    {
        var (status, text) = await silo.GetAsync(path);
        Assert.Equal((path, 200), (path, status));
        return text;
    }

    private static async Task<JsonDocument> JsonAsync(TestSilo silo, string path) => JsonDocument.Parse(await PageAsync(silo, path));
}
