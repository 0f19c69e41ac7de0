namespace Guard.Core.Hosting;

/// <summary>The course of one slice.</summary>
/// <param name="Traffic">Its figures.</param>
/// <param name="Intervals">Its intervals of event time, oldest first, at most a week of them; intervals without a click are left out.</param>
/// <param name="Curve">Its IVR-FPR curve over the last days, from the greatest threshold, which invalidates fewest, to the least.</param>
public sealed record SliceCourse(SliceTraffic Traffic, IReadOnlyList<TrafficInterval> Intervals, IReadOnlyList<CurvePoint> Curve);
