using System.Text.Json;
using Guard.Simulation.Robots;

namespace Guard.Simulation.Scenarios;

/// <summary>What is simulated: a small JSON document, strict about names, types and ranges.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What the scenario is for, in a sentence.</param>
/// <param name="Seed">The seed of every random stream.</param>
/// <param name="Start">When the stream begins: midnight UTC.</param>
/// <param name="Days">How many days it lasts, from 1 to 3,660.</param>
/// <param name="ClicksPerDay">The mean number of human clicks on a day without a holiday, from 1 to 1e9.</param>
/// <param name="Humans">The people.</param>
/// <param name="NatGateways">Gateways with many of these people behind one address.</param>
/// <param name="MobileShift">The shift planted between desktop and mobile; null for none.</param>
/// <param name="Holiday">The holiday surge; null for none.</param>
/// <param name="Robots">The robots; their shares sum to at most 0.9.</param>
/// <param name="LabelOutage">The outage of purchase labels; null for none.</param>
/// <param name="Noise">Duplicates, late and malformed events; null for none.</param>
/// <param name="Telemetry">The telemetry streams.</param>
public sealed record Scenario(
    string Name,
    string Description,
    ulong Seed,
    DateTimeOffset Start,
    int Days,
    double ClicksPerDay,
    HumanPopulation Humans,
    IReadOnlyList<NatGateway>? NatGateways = null,
    MobileShift? MobileShift = null,
    HolidaySurge? Holiday = null,
    IReadOnlyList<RobotSpec>? Robots = null,
    LabelOutage? LabelOutage = null,
    NoiseShares? Noise = null,
    IReadOnlyList<TelemetrySpec>? Telemetry = null)
{
    private const string Suffix = ".json";
    private static readonly string s_prefix = typeof(Scenario).Namespace + ".";

    /// <summary>Gets the names of the scenarios that ship with Guard, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Scenario).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(s_prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[s_prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Loads a scenario that ships with Guard, or else the file at a path.</summary>
    /// <param name="nameOrPath">One of <see cref="Names"/>, or a path.</param>
    /// <exception cref="ScenarioException">There is no such scenario, or it does not hold what a scenario needs.</exception>
    public static Scenario Load(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (Names.Contains(nameOrPath, StringComparer.Ordinal))
        {
            using var stream = typeof(Scenario).Assembly.GetManifestResourceStream(s_prefix + nameOrPath + Suffix)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return Parse(memory.ToArray(), nameOrPath);
        }

        try
        {
            return Parse(File.ReadAllBytes(nameOrPath), nameOrPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"'{nameOrPath}' is neither a readable file nor a scenario that ships: name one of {string.Join(", ", Names)}.", error);
        }
    }

    /// <summary>Reads a scenario from UTF-8 JSON; comments and trailing commas are allowed.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="place">What errors call it, such as its path.</param>
    /// <exception cref="ScenarioException">The document does not hold what a scenario needs.</exception>
    public static Scenario Parse(ReadOnlySpan<byte> utf8, string place)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        try
        {
            var scenario = JsonSerializer.Deserialize(utf8, ScenarioJson.Default.Scenario)
                ?? throw new ScenarioException($"{place}: null is no scenario: write an object with name, start, days, clicksPerDay and humans.");
            scenario.Check(place);
            return scenario;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw ScenarioErrors.Translate(place, error);
        }
    }

    /// <summary>How many clicks a robot makes on a day, so that its share of all clicks is <see cref="RobotSpec.Share"/>.</summary>
    internal double ClicksPerDayOf(RobotSpec robot) => ClicksPerDay * robot.Share / (1 - (Robots ?? []).Sum(each => each.Share));

    /// <summary>Checks every value against its range.</summary>
    /// <param name="place">What errors call the scenario.</param>
    /// <exception cref="ScenarioException">A value is out of its range.</exception>
    public void Check(string place) => ScenarioRules.Check(this, place);
}
