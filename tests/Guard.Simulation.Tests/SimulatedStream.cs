using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Guard.Simulation.Scenarios;
using Guard.Simulation.Truth;

namespace Guard.Simulation.Tests;

/// <summary>A stream read back from its bytes, as any consumer would, with its truth beside it.</summary>
internal sealed class SimulatedStream
{
    private static readonly ConcurrentDictionary<string, Lazy<SimulatedStream>> s_shipped = new(StringComparer.Ordinal);

    private static readonly Lazy<SimulatedStream> s_twoWeeks = new(() => new SimulatedStream(TestScenario.People with { Days = 14 }));

    public SimulatedStream(Scenario scenario, SimulatorOptions? options = null)
    {
        var simulator = new Simulator(scenario, options);
        Scenario = simulator.Scenario;
        using var events = new MemoryStream();
        using var truth = new MemoryStream();
        Summary = simulator.Run(events, truth);
        Bytes = events.ToArray();
        TruthText = Encoding.UTF8.GetString(truth.ToArray());
        using var reader = new StringReader(TruthText);
        Truth = TruthFile.Read(reader, "truth").ToList();
        var byId = Truth.ToDictionary(row => row.ClickId, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in SplitLines(Bytes))
        {
            Read(line, byId, seen);
        }
    }

    /// <summary>Two weeks of <see cref="TestScenario.People"/>, simulated once for all tests.</summary>
    public static SimulatedStream TwoWeeks => s_twoWeeks.Value;

    public Scenario Scenario { get; }

    public SimulationSummary Summary { get; }

    public byte[] Bytes { get; }

    public string TruthText { get; }

    public List<TruthRow> Truth { get; }

    public List<ClickSeen> Clicks { get; } = [];

    public List<PurchaseSeen> Purchases { get; } = [];

    public List<(string Stream, DateTimeOffset Time, double[] Values)> Readings { get; } = [];

    public List<string> Repeats { get; } = [];

    public List<byte[]> Malformed { get; } = [];

    public List<DateTimeOffset> Recorded { get; } = [];

    public IEnumerable<ClickSeen> Humans => Clicks.Where(click => click.Truth.IsHuman);

    public static SimulatedStream Shipped(string name, int days) =>
        s_shipped.GetOrAdd($"{name}/{days}", _ => new Lazy<SimulatedStream>(() => new SimulatedStream(Scenario.Load(name), new SimulatorOptions(Days: days)))).Value;

    public IEnumerable<ClickSeen> Robots(string kind) => Clicks.Where(click => click.Truth.Kind == kind);

    private static IEnumerable<byte[]> SplitLines(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            yield return bytes[start..(start + length)];
            start += length + 1;
        }
    }

    private void Read(byte[] line, Dictionary<string, TruthRow> truth, HashSet<string> seen)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            Malformed.Add(line);
            return;
        }

        using (json)
        {
            var root = json.RootElement;
            if (!root.TryGetProperty("id", out var id) || !root.TryGetProperty("type", out var type))
            {
                Malformed.Add(line);
                return;
            }

            if (type.GetString() == "guard.ad.click.v1" && !truth.ContainsKey(id.GetString()!))
            {
                Malformed.Add(line);
                return;
            }

            Assert.Equal("1.0", root.GetProperty("specversion").GetString());
            Assert.Equal("application/json", root.GetProperty("datacontenttype").GetString());
            Assert.InRange(line.Length, 1, 65_536);
            var time = root.GetProperty("time").GetDateTimeOffset();
            var recorded = root.GetProperty("recordedtime").GetDateTimeOffset();
            Recorded.Add(recorded);
            if (!seen.Add(root.GetProperty("source").GetString() + " " + id.GetString()))
            {
                Repeats.Add(id.GetString()!);
                return;
            }

            var data = root.GetProperty("data");
            switch (type.GetString())
            {
                case "guard.ad.click.v1":
                    Clicks.Add(ClickSeen.Read(id.GetString()!, time, recorded, root, data, truth[id.GetString()!]));
                    break;
                case "guard.purchase.v1":
                    Purchases.Add(new PurchaseSeen(
                        id.GetString()!,
                        time,
                        data.GetProperty("clickId").GetString()!,
                        data.GetProperty("userId").GetString()!,
                        data.GetProperty("orderId").GetString()!,
                        data.GetProperty("valueMicros").GetInt64()));
                    break;
                default:
                    Assert.Equal("guard.telemetry.v1", type.GetString());
                    Readings.Add((data.GetProperty("stream").GetString()!, time, [.. data.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]));
                    break;
            }
        }
    }
}
