using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

/// <summary>All counters of one click.</summary>
public readonly record struct Readings(UserCounters User, EntityCounters Entity, UserAgentCounters UserAgent);
