using Guard.Core.Hosting;
using Guard.Core.Watching;

namespace Guard.Engine.Tests.Hosting;

public sealed class WatchingTests
{
    [Fact]
    public async Task Guards_own_metrics_are_streams_that_a_replay_finds_as_a_snapshot_holds_them()
    {
        using var folder = await HostFolder.CreateAsync();
        await using (var host = await folder.StartAsync())
        {
            // Eight hours of event time, body by body.
            foreach (var body in TestBodies.Events(21, 30_000).Chunk(500))
            {
                await host.Ingest.SendAsync(TestBodies.Lines(body));
            }
        }

        var saved = await DescribeAsync(folder);
        Directory.Delete(Path.Combine(folder.Path, "snapshots"), recursive: true);
        var replayed = await DescribeAsync(folder);

        Assert.Contains(OwnStreams.Of(default, OwnStreams.Clicks), saved, StringComparison.Ordinal);
        Assert.Equal(saved, replayed);
    }

    [Fact]
    public async Task An_alert_is_told_once_it_is_durable_and_again_after_a_restart_under_the_same_id()
    {
        using var folder = await HostFolder.CreateAsync();
        AlertEvent first;
        await using (var host = await folder.StartAsync())
        {
            var waiting = host.Alerts.WaitAsync(0).AsTask();
            foreach (var body in Readings().Chunk(200))
            {
                await host.Ingest.SendAsync(TestBodies.Lines(body));
            }

            await waiting.WaitAsync(TimeSpan.FromSeconds(30));
            first = (await host.Alerts.ReadAsync(0, 10))[0];
            Assert.Equal("probe", first.Alert.Stream);
            Assert.Equal(first.Alert.Id, (await host.Streams.AlertsAsync(10))[^1].Id);
        }

        Directory.Delete(Path.Combine(folder.Path, "snapshots"), recursive: true);
        await using var again = await folder.StartAsync();
        Assert.Equal(first.Id, (await again.Alerts.ReadAsync(0, 10))[0].Id);
        Assert.True(await again.Alerts.LastAsync(TestContext.Current.CancellationToken) >= 1);
    }

    // A level with a little noise that jumps far away.
    private static IEnumerable<string> Readings()
    {
        var random = new Random(3);
        for (var index = 0; index < 1_200; index++)
        {
            var value = 100 + random.NextDouble() + (index is > 1_000 and < 1_040 ? 500 : 0);
            var time = DateTimeOffset.FromUnixTimeMilliseconds(TestBodies.Start + index * 60_000L).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
            yield return $$"""{"specversion":"1.0","id":"r-{{index}}","source":"/m","type":"guard.telemetry.v1","time":"{{time}}","data":{"stream":"probe","values":[{{value}}]} }""";
        }
    }

    private static async Task<string> DescribeAsync(HostFolder folder)
    {
        await using var host = await folder.StartAsync();
        var lines = new List<string>();
        foreach (var stream in await host.Streams.ListAsync())
        {
            var view = await host.Streams.FindAsync(stream.Stream);
            lines.Add($"{stream.Stream} {stream.Rows} {string.Join(';', view!.Readings.Select(reading => $"{string.Join(' ', reading.Values)} {reading.Reading}"))}");
        }

        return string.Join('\n', lines);
    }
}
