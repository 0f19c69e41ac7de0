using Guard.Simulation.Robots;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Tests;

internal static class TestScenario
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A week of 2,000 people in three time zones, without robots and noise.</summary>
    public static Scenario People { get; } = new(
        "people",
        "People of three time zones.",
        Seed: 7,
        Start,
        Days: 7,
        ClicksPerDay: 2000,
        new HumanPopulation(
            2000,
            new PerDevice(0.4, 0.4, 0.15, 0.05),
            new Dictionary<string, double>(StringComparer.Ordinal) { ["CN"] = 0.4, ["DE"] = 0.35, ["US"] = 0.25 },
            LoggedIn: new PerDevice(0.6, 0.5, 0.4, 0.3),
            PurchaseRate: new PerDevice(0.04, 0.03, 0.02, 0.01)));

    public static Scenario With(params RobotSpec[] robots) => People with { Robots = robots };
}
