using Guard.Core.Clicks;

namespace Guard.Core.Hosting;

/// <summary>One slice over a span of event time that ends with the newest click.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="LastHour">The last hour.</param>
/// <param name="LastDay">The last 24 hours.</param>
/// <param name="Threshold">The threshold in force; <see cref="float.PositiveInfinity"/> invalidates none.</param>
/// <param name="ThresholdSlice">The slice that the threshold comes from.</param>
public sealed record SliceTraffic(Slice Slice, TrafficTally LastHour, TrafficTally LastDay, float Threshold, Slice ThresholdSlice);
