using System.Globalization;
using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

/// <summary>Does the arithmetic of the README's sizing anew, from the inputs that stand there: who changes one is shown the table that follows.</summary>
public sealed partial class SizingTests
{
    private const double SecondsAMonth = 365.25 / 12 * 86_400;
    private const int LeastPartitions = 8;
    private const double Many = 10;
    private static readonly string s_readme = File.ReadAllText(Path.Combine(GuardChart.Folder, "README.md")).ReplaceLineEndings("\n");
    private static readonly Dictionary<string, double> s_inputs =
        Input().Matches(s_readme).ToDictionary(match => match.Groups["name"].Value, match => double.Parse(match.Groups["value"].Value, NumberStyles.Number, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static readonly (int Peak, int MillionUsers)[] s_cases = [(1_000, 1), (10_000, 5), (50_000, 10), (100_000, 16), (250_000, 16)];

    [Fact]
    public void The_table_follows_from_its_inputs()
    {
        var expected = string.Join('\n', s_cases.Select(one => RowOf(one.Peak, one.MillionUsers)));

        Assert.True(s_readme.Contains(expected, StringComparison.Ordinal), $"The rows of the sizing table are to be:\n{expected}");
    }

    [Fact]
    public void What_it_takes_from_the_values_is_what_stands_there()
    {
        var values = GuardChart.ValuesOf("values-azure.yaml");

        Assert.Equal(s_inputs["G"], TimeSpan.Parse((string)values.At("eventHubs.gatherFor")!, CultureInfo.InvariantCulture).TotalSeconds);
        Assert.Equal(s_inputs["n"], Values.Whole(values.At("eventHubs.batchSize")));
        Assert.Equal(s_inputs["C"], TimeSpan.Parse((string)values.At("grains.commitEvery")!, CultureInfo.InvariantCulture).TotalSeconds);
        Assert.Equal(s_inputs["K"], TimeSpan.Parse((string)values.At("grains.keepDecisionsFor")!, CultureInfo.InvariantCulture).TotalDays);
        Assert.Equal(s_inputs["S"], 3 * Values.Whole(values.At("grains.shards")));
    }

    private static string RowOf(int peak, int millionUsers)
    {
        var silos = Math.Max(3, Math.Ceiling(peak / (s_inputs["L"] * s_inputs["h"] * s_inputs["f"])) + 1);
        var partitions = Math.Max(LeastPartitions, 2 * silos);
        var bytes = Math.Ceiling(peak * s_inputs["b"] / 1e6);
        var events = Math.Ceiling(peak / 1000.0);
        var memory = (s_inputs["p"] + 2 * s_inputs["u"] * millionUsers / (silos - 1)) / 1000;
        var writes = WritesOf(peak, partitions) * SecondsAMonth / 1e6;
        var fewer = WritesOf(peak / Many, partitions) * SecondsAMonth / 1e6;
        var kept = peak / s_inputs["m"] * 86_400 * s_inputs["K"] * s_inputs["d"] / 1e9;
        return string.Create(CultureInfo.InvariantCulture, $"| {peak:N0} | {millionUsers} M | {silos} | {partitions} | {Math.Max(bytes, events)} | {bytes} | {memory:0.0} GB | {writes:N0} M | {fewer:N0} M | {kept:N0} GB |");
    }

    // A segment of decisions and a step of their index for each delivery; shards, and a partition's state, tallies and position, once for each commit.
    private static double WritesOf(double messages, double partitions)
    {
        var deliveries = partitions * (Math.Floor(messages * s_inputs["G"] / (partitions * s_inputs["n"])) + 1) / s_inputs["G"];
        return 2 * Math.Min(deliveries, messages) + (s_inputs["S"] + 3 * partitions) / s_inputs["C"];
    }

    [GeneratedRegex(@"^\| (?<name>[A-Za-z]) \| \*\*(?<value>[0-9.,]+)\*\*", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Input();
}
