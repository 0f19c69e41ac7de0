namespace Guard.Simulation;

/// <summary>What a run wrote.</summary>
/// <param name="Events">All lines.</param>
/// <param name="HumanClicks">Clicks of humans, each counted once.</param>
/// <param name="RobotClicks">Clicks of robots, each counted once.</param>
/// <param name="Robots">The clicks of each robot, in the scenario's order.</param>
/// <param name="Purchases">Purchases that followed clicks of the stream.</param>
/// <param name="PastPurchases">Purchases from before the start.</param>
/// <param name="LostPurchases">Purchases that the label outage swallowed.</param>
/// <param name="Duplicates">Events that were sent again.</param>
/// <param name="Late">Clicks that arrived late.</param>
/// <param name="Malformed">Malformed lines.</param>
/// <param name="Readings">Telemetry readings.</param>
public sealed record SimulationSummary(
    long Events,
    long HumanClicks,
    long RobotClicks,
    IReadOnlyList<RobotCount> Robots,
    long Purchases,
    long PastPurchases,
    long LostPurchases,
    long Duplicates,
    long Late,
    long Malformed,
    long Readings)
{
    /// <summary>Gets all clicks, each counted once.</summary>
    public long Clicks => HumanClicks + RobotClicks;
}
