namespace Guard.Server.Answers;

/// <summary>What is known of one user.</summary>
/// <param name="AsOf">The event time of the newest click of the partition, as of which the counters hold.</param>
/// <param name="Counters">The counters.</param>
/// <param name="Recent">The user's decisions among the recent ones, newest first.</param>
public sealed record UserAnswer(DateTimeOffset AsOf, UserCountersAnswer Counters, IReadOnlyList<DecisionEvent> Recent);
