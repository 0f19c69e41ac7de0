using System.Text;
using System.Text.Json;
using Guard.Simulation.Events;
using Guard.Simulation.Robots;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Tests;

public sealed class NoiseTests
{
    private static readonly SimulatedStream s_dirty = new(
        TestScenario.With(new BurstRobot { Share = 0.1 }) with { Noise = new NoiseShares(Duplicates: 0.05, Late: 0.08, Malformed: 0.03) });

    [Fact]
    public void Duplicates_late_and_malformed_events_come_in_their_shares()
    {
        var clicks = (double)s_dirty.Clicks.Count;
        Assert.Equal(0.05, s_dirty.Repeats.Count / clicks, 0.008);
        Assert.Equal(0.08, s_dirty.Summary.Late / clicks, 0.01);
        Assert.Equal(0.03, s_dirty.Malformed.Count / clicks, 0.005);
    }

    [Fact]
    public void Late_clicks_are_seconds_to_hours_late_and_the_others_at_once()
    {
        var delays = s_dirty.Clicks.Select(click => (click.Recorded - click.Time).TotalSeconds).Order().ToList();
        Assert.Equal(s_dirty.Summary.Late, delays.Count(delay => delay >= 2), s_dirty.Clicks.Count / 200.0);
        Assert.InRange(delays[^1], 3600, 6 * 3600 + 1.0);
        Assert.True(delays[delays.Count / 2] < 1);
    }

    [Fact]
    public void A_repeat_is_the_same_event_but_for_the_time_of_its_arrival()
    {
        var lines = Encoding.Latin1.GetString(s_dirty.Bytes).Split('\n');
        var id = s_dirty.Repeats[0];
        var both = lines.Where(line => line.StartsWith($"{{\"specversion\":\"1.0\",\"id\":\"{id}\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, both.Count);
        Assert.Equal(Without(both[0]), Without(both[1]));

        static string Without(string line)
        {
            var start = line.IndexOf("\"recordedtime\"", StringComparison.Ordinal);
            return line.Remove(start, "\"recordedtime\":\"2026-01-01T12:00:00.123Z\"".Length);
        }
    }

    [Fact]
    public void Some_repeats_come_after_other_events()
    {
        var repeats = s_dirty.Repeats.ToHashSet(StringComparer.Ordinal);
        var distances = Encoding.Latin1.GetString(s_dirty.Bytes).Split('\n')
            .Select((line, place) => (Id: line.Split('"').ElementAtOrDefault(7) ?? string.Empty, Place: place))
            .Where(line => repeats.Contains(line.Id))
            .GroupBy(line => line.Id, StringComparer.Ordinal)
            .Select(group => group.Max(line => line.Place) - group.Min(line => line.Place))
            .ToList();
        Assert.Contains(1, distances);
        Assert.Contains(distances, distance => distance > 5);
    }

    [Theory]
    [MemberData(nameof(MalformedKinds))]
    public void No_malformed_line_is_a_whole_click(int kind)
    {
        var line = new Simulator(TestScenario.People, new SimulatorOptions(MaxClicks: 1)).Lines().First(text => text.Span.IndexOf("ad.click"u8) >= 0);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var random = new SeededRandom(seed);
            var spoiled = MalformedEvents.Spoil([.. line.Span, (byte)'\n'], kind, ref random);
            Assert.DoesNotContain((byte)'\n', spoiled);
            Assert.False(IsWholeClick(spoiled), Encoding.UTF8.GetString(spoiled));
        }

        Assert.True(IsWholeClick(line.ToArray()));
    }

    public static TheoryData<int> MalformedKinds => [.. Enumerable.Range(0, MalformedEvents.Kinds)];

    [Fact]
    public void Malformed_lines_are_not_in_the_truth()
    {
        var ids = s_dirty.Truth.Select(row => row.ClickId).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(s_dirty.Clicks.Count, ids.Count);
        var words = s_dirty.Malformed.SelectMany(line => Encoding.Latin1.GetString(line).Split('"')).ToList();
        Assert.NotEmpty(words);
        Assert.DoesNotContain(words, ids.Contains);
    }

    [Fact]
    public void In_the_hours_of_a_label_outage_purchases_are_lost_and_clicks_go_on()
    {
        var outage = new LabelOutage(Day: 3, Hour: 2, Hours: 12);
        var stream = new SimulatedStream(TestScenario.People with { LabelOutage = outage });
        var whole = new SimulatedStream(TestScenario.People);
        var start = TestScenario.Start.AddDays(3).AddHours(2);
        bool Within(DateTimeOffset time) => time >= start && time < start.AddHours(12);
        Assert.DoesNotContain(stream.Purchases, purchase => Within(purchase.Time));
        Assert.Equal(whole.Purchases.Where(purchase => !Within(purchase.Time)), stream.Purchases);
        Assert.Equal(whole.Purchases.Count - stream.Purchases.Count, stream.Summary.LostPurchases);
        Assert.True(stream.Summary.LostPurchases > 20);
        Assert.Equal(whole.Clicks.Select(click => click.Id), stream.Clicks.Select(click => click.Id));
    }

    /// <summary>A click by the bounds that any reader has to set.</summary>
    private static bool IsWholeClick(byte[] line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var data = root.GetProperty("data");
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
            return line.Length <= 65_536
                && root.GetProperty("id").GetString() is { Length: > 0 }
                && root.GetProperty("type").GetString() == "guard.ad.click.v1"
                && root.GetProperty("time").GetDateTimeOffset().Year == 2026
                && data.GetProperty("userId").GetString() is { Length: < 1000 }
                && data.GetProperty("loggedIn").GetBoolean() is var _
                && data.GetProperty("costMicros").GetInt64() >= 0;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
