namespace Guard.Server.Answers;

/// <summary>What became of one click.</summary>
/// <param name="Duplicate">Whether the click was known already and did not count again.</param>
/// <param name="Durable">Whether the click is on the disk. Where not, the disk was late: the click counts unless the server ends within that moment, and sent again it counts once.</param>
/// <param name="Decision">Its decision; null for a duplicate whose decision is no longer kept.</param>
public sealed record ScoreAnswer(bool Duplicate, bool Durable, DecisionEvent? Decision);
