using System.Text.Json.Serialization;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>A robot of a scenario. Its kind stands in the property <c>kind</c>. Robots never buy.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BurstRobot), BurstRobot.KindName)]
[JsonDerivedType(typeof(SteadyRobot), SteadyRobot.KindName)]
[JsonDerivedType(typeof(BotnetRobot), BotnetRobot.KindName)]
[JsonDerivedType(typeof(RotatingRobot), RotatingRobot.KindName)]
[JsonDerivedType(typeof(MimicRobot), MimicRobot.KindName)]
[JsonDerivedType(typeof(WaveRobot), WaveRobot.KindName)]
public abstract record RobotSpec
{
    /// <summary>Gets the kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [BurstRobot.KindName, SteadyRobot.KindName, BotnetRobot.KindName, RotatingRobot.KindName, MimicRobot.KindName, WaveRobot.KindName];

    /// <summary>Gets the robot's share of all clicks while every robot of the scenario runs and no holiday is, from 0 to 0.9.</summary>
    public required double Share { get; init; }

    /// <summary>Gets a name, unique in the scenario, 1 to 64 characters of a–z, 0–9, dot and hyphen; null for the kind's.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the day on which the robot begins, counted from 0.</summary>
    public int StartDay { get; init; }

    /// <summary>Gets the hour (UTC) at which the robot begins, from 0 to 23.</summary>
    public int StartHour { get; init; }

    /// <summary>Gets the share of the agents that name themselves a crawler in the user agent, from 0 to 1.</summary>
    public double Crawlers { get; init; }

    /// <summary>Gets the share of the agents that are logged in, from 0 to 1.</summary>
    public double LoggedIn { get; init; }

    /// <summary>Gets the kind.</summary>
    [JsonIgnore]
    public string Kind => KindText;

    /// <summary>Gets <see cref="Name"/>, or the kind where there is none.</summary>
    [JsonIgnore]
    public string DisplayName => Name ?? Kind;

    /// <summary>Gets what <see cref="Kind"/> says.</summary>
    [JsonIgnore]
    internal abstract string KindText { get; }

    /// <summary>Gets how many agents the robot keeps.</summary>
    [JsonIgnore]
    internal abstract int Members { get; }

    /// <summary>Starts the robot.</summary>
    internal abstract AgentCrew Start(CrewContext context);

    /// <summary>Checks the values of this kind.</summary>
    internal abstract void CheckKind(ScenarioRules rules, string place);

    /// <summary>Checks every value against its range.</summary>
    internal void Check(ScenarioRules rules, string place)
    {
        rules.Range(place + ".share", Share, 0, 0.9);
        rules.That(ScenarioRules.IsName(DisplayName), place + ".name", "is no name", "write 1 to 64 characters of a-z, 0-9, dot and hyphen");
        rules.Range(place + ".startDay", StartDay, 0, 3660);
        rules.Range(place + ".startHour", StartHour, 0, 23);
        rules.Range(place + ".crawlers", Crawlers, 0, 1);
        rules.Range(place + ".loggedIn", LoggedIn, 0, 1);
        CheckKind(rules, place);
    }
}
