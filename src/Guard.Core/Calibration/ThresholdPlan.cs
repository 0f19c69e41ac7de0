using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>Every slice code's threshold, where it comes from and why.</summary>
/// <param name="Thresholds">The threshold of each slice code.</param>
/// <param name="Sources">The slice code that each threshold comes from.</param>
/// <param name="Reasons">Why it comes from there.</param>
internal sealed record ThresholdPlan(float[] Thresholds, int[] Sources, BackOffReason[] Reasons)
{
    /// <summary>One threshold for all traffic.</summary>
    public static ThresholdPlan One(float threshold)
    {
        var plan = new ThresholdPlan(new float[Slice.Count], new int[Slice.Count], new BackOffReason[Slice.Count]);
        Array.Fill(plan.Thresholds, threshold);
        Array.Fill(plan.Sources, Slice.All.Code);
        Array.Fill(plan.Reasons, BackOffReason.OneThreshold);
        plan.Reasons[Slice.All.Code] = BackOffReason.None;
        return plan;
    }
}
