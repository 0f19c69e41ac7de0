using Guard.Core.Counters;

namespace Guard.Core.Hosting;

/// <summary>A user's counters and latest decisions. It holds no identity.</summary>
/// <param name="Counters">The counters as of the newest click of the partition.</param>
/// <param name="AsOf">That click's event time.</param>
/// <param name="Recent">The user's decisions among the host's recent ones, newest first.</param>
public sealed record UserView(UserCounters Counters, DateTimeOffset AsOf, IReadOnlyList<KeptDecision> Recent);
