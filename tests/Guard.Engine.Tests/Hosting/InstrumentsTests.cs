using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Guard.Engine.Telemetry;
using Guard.Engine.Tests.Log;

namespace Guard.Engine.Tests.Hosting;

public sealed class InstrumentsTests
{
    [Fact]
    public async Task What_the_host_does_is_measured_and_no_tag_names_anybody()
    {
        using var folder = await HostFolder.CreateAsync();
        var measured = new ConcurrentBag<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == EngineInstruments.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Describe(tags))));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Describe(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Describe(tags))));
        listener.Start();
        var disk = new FailingDisk();
        await using (var host = await folder.StartAsync(folder.Options with { OpenSegment = disk.Open, ScorePatience = TimeSpan.FromMilliseconds(2) }))
        {
            await host.Ingest.SendAsync(TestBodies.Lines([.. TestBodies.Events(1, 200), "rubbish"]));
            using (disk.Hold())
            {
                await host.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click("alone", TestBodies.Start, new Random(1))));
            }

            listener.RecordObservableInstruments();
        }

        string[] expected =
        [
            "guard.decisions", "guard.purchases", "guard.telemetry.readings", "guard.duplicates", "guard.quarantined", "guard.scores.early", "guard.batch.size", "guard.decision.duration",
            "guard.snapshot.duration", "guard.snapshot.pause", "guard.queue.age", "guard.snapshot.age", "guard.users", "guard.entities", "guard.shards.size", "guard.log.size",
            "guard.model.age", "guard.thresholds.age", "guard.policy.check.age",
        ];
        Assert.Empty(expected.Except(measured.Select(item => item.Name)));
        Assert.Contains(measured, item => item is { Name: "guard.quarantined", Tags: "guard.reason=Malformed" });
        Assert.Contains(measured, item => item.Name == "guard.decisions" && item.Tags.StartsWith("guard.verdict=valid guard.slice=", StringComparison.Ordinal));
        Assert.Contains(measured, item => item is { Name: "guard.users", Value: > 50 });
        Assert.DoesNotContain(measured, item => item.Tags.Contains("u-", StringComparison.Ordinal) || item.Tags.Contains("c-", StringComparison.Ordinal) || item.Tags.Contains("203.0", StringComparison.Ordinal));
    }

    private static string Describe(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new List<string>();
        foreach (var tag in tags)
        {
            text.Add(string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"));
        }

        return string.Join(' ', text);
    }
}
