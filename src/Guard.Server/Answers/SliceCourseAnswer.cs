namespace Guard.Server.Answers;

/// <summary>The course of one slice.</summary>
/// <param name="Slice">Its figures.</param>
/// <param name="Intervals">Its intervals with clicks, oldest first, at most a week.</param>
/// <param name="Curve">Its IVR-FPR curve over the last days, from the strictest threshold to the most lenient.</param>
public sealed record SliceCourseAnswer(SliceAnswer Slice, IReadOnlyList<IntervalAnswer> Intervals, IReadOnlyList<CurvePointAnswer> Curve);
