using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

/// <summary>What happened in one leaf over the last hour and day before a moment. Plain data, so that hosts can pass it on as it is.</summary>
/// <param name="Leaf">The leaf's code.</param>
/// <param name="LastHour">The last 12 intervals of five minutes, the unfinished one among them.</param>
/// <param name="LastDay">The last 288 of them.</param>
public readonly record struct LeafSums(int Leaf, TrafficTally LastHour, TrafficTally LastDay);
