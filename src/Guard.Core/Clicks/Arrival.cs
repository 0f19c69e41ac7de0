namespace Guard.Core.Clicks;

/// <summary>What admission looks at in a decoded event.</summary>
/// <param name="Kind">What the event is.</param>
/// <param name="Key">The keyed hash of <c>source</c> and <c>id</c>, by which duplicates are known; 0 for a reading of Guard's own, which has no duplicates.</param>
/// <param name="Time">The event time in Unix milliseconds.</param>
public readonly record struct Arrival(EventKind Kind, ulong Key, long Time);
