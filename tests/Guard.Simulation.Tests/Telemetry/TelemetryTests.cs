using System.Text;
using Guard.Simulation.Scenarios;
using Guard.Simulation.Truth;
using MathNet.Numerics.Statistics;

namespace Guard.Simulation.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static readonly Scenario s_scenario = TestScenario.People with
    {
        ClicksPerDay = 1,
        Days = 10,
        Telemetry =
        [
            new TelemetrySpec("latency", 40, Dimensions: 3, Noise: 0.03, Anomalies: 8, LevelShiftDay: 6, LevelShift: 0.5),
            new TelemetrySpec("conversion", 0.03, EveryMinutes: 30, Anomalies: 0),
        ],
    };

    private static readonly SimulatedStream s_stream = new(s_scenario);
    private static readonly IReadOnlyList<TelemetryTruthRow> s_truth = new Simulator(s_scenario).TelemetryTruth;

    [Fact]
    public void Every_stream_reads_at_its_beat()
    {
        var latency = s_stream.Readings.Where(reading => reading.Stream == "latency").ToList();
        Assert.Equal(10 * 288, latency.Count);
        Assert.All(latency, reading => Assert.Equal(3, reading.Values.Length));
        Assert.All(latency.Select((reading, index) => reading.Time - TestScenario.Start - TimeSpan.FromMinutes(5 * index)), late => Assert.Equal(TimeSpan.Zero, late));
        Assert.Equal(10 * 48, s_stream.Readings.Count(reading => reading.Stream == "conversion"));
        Assert.Equal(0.03, s_stream.Readings.Where(reading => reading.Stream == "conversion").Average(reading => reading.Values[0]), 0.002);
    }

    [Fact]
    public void Anomalies_of_every_kind_are_planted_apart_from_each_other_and_after_the_first_days()
    {
        var planted = s_truth.Where(row => row.Kind != "level-shift").ToList();
        Assert.Equal(8, planted.Count);
        Assert.Equal(["dip", "flat", "noise", "spike"], planted.Select(row => row.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.True(planted[0].Start >= TestScenario.Start.AddDays(2));
        Assert.All(planted.Zip(planted.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }

    [Fact]
    public void Each_anomaly_shows_in_the_values()
    {
        // Against the same hours of the day before; a day after the change of level that is still the lower one.
        foreach (var row in s_truth)
        {
            var within = Values(row.Start, row.End, 0);
            var before = Values(row.Start.AddDays(-1), row.End.AddDays(-1), 0);
            var shifted = row.Start >= TestScenario.Start.AddDays(6) && row.Start < TestScenario.Start.AddDays(7) && row.Kind != "level-shift" ? 1.5 : 1;
            switch (row.Kind)
            {
                case "spike":
                    Assert.True(within.Average() > 1.4 * shifted * before.Average());
                    break;
                case "dip":
                    Assert.True(within.Average() < 0.7 * shifted * before.Average());
                    break;
                case "flat":
                    Assert.Single(within.Distinct());
                    break;
                case "noise":
                    Assert.True(within.StandardDeviation() > 2 * Values(row.Start, row.End, 2).StandardDeviation() * within.Average() / Values(row.Start, row.End, 2).Average());
                    break;
                default:
                    Assert.Equal(1.5, within.Average() / Values(TestScenario.Start, TestScenario.Start.AddDays(2), 0).Average(), 0.1);
                    break;
            }
        }
    }

    [Fact]
    public void The_truth_is_read_as_it_was_written()
    {
        using var truth = new MemoryStream();
        new Simulator(s_scenario).Run(Stream.Null, telemetryTruth: truth);
        using var reader = new StringReader(Encoding.UTF8.GetString(truth.ToArray()));
        Assert.Equal(s_truth, TelemetryTruthFile.Read(reader, "telemetry.csv"));
    }

    [Theory]
    [InlineData("", ":1")]
    [InlineData(TelemetryTruthFile.Header + "\na,now,later,spike\n", ":2")]
    [InlineData(TelemetryTruthFile.Header + "\na\n", ":2")]
    public void A_broken_truth_file_is_answered_with_its_line(string text, string line)
    {
        using var reader = new StringReader(text);
        var error = Assert.Throws<InvalidDataException>(() => TelemetryTruthFile.Read(reader, "t.csv"));
        Assert.StartsWith("t.csv" + line, error.Message, StringComparison.Ordinal);
    }

    private static List<double> Values(DateTimeOffset start, DateTimeOffset end, int dimension) =>
        [.. s_stream.Readings.Where(reading => reading.Stream == "latency" && reading.Time >= start && reading.Time < end).Select(reading => reading.Values[dimension])];
}
