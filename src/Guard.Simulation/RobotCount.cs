namespace Guard.Simulation;

/// <summary>The clicks of one robot.</summary>
/// <param name="Name">The robot's name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Clicks">Its clicks, each counted once.</param>
public sealed record RobotCount(string Name, string Kind, long Clicks);
