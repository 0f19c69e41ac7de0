namespace Guard.Core.Hosting;

/// <summary>One interval of a slice's course.</summary>
/// <param name="Start">Its start, in event time.</param>
/// <param name="Length">Its length.</param>
/// <param name="Tally">What happened in it.</param>
public sealed record TrafficInterval(DateTimeOffset Start, TimeSpan Length, TrafficTally Tally);
