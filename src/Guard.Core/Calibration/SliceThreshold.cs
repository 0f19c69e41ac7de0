using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>A slice's threshold, and what the set of thresholds did to the slice's clicks of the calibration sample.</summary>
/// <remarks>
/// A slice above the leaves also decides for those below it that have no threshold of their own; its figures are those of all
/// its clicks, each under the threshold that decides it, so the figures of <c>all</c> are those of all traffic.
/// </remarks>
/// <param name="Slice">The slice.</param>
/// <param name="Threshold">In [0, 1]: clicks with at least this score are invalidated. <see cref="float.PositiveInfinity"/> invalidates none.</param>
/// <param name="Source">The slice that the threshold comes from: itself, or an ancestor.</param>
/// <param name="BackOff">Why it comes from an ancestor, or why the slice has its own although it is thin.</param>
/// <param name="Counts">The counts behind the rates.</param>
/// <param name="Ivr">The invalidation rate.</param>
/// <param name="Fpr">The false-positive rate; <see langword="null"/> without purchasing clicks.</param>
/// <param name="Coverage">The robotic coverage; <see langword="null"/> without clicks in robotic sessions.</param>
public sealed record SliceThreshold(
    Slice Slice,
    float Threshold,
    Slice Source,
    BackOffReason BackOff,
    ClickCounts Counts,
    Rate Ivr,
    Rate? Fpr,
    Rate? Coverage);
