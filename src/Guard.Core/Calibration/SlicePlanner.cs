using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>
/// Spreads the thresholds of the slices with a share of the budget over the tree, protects the thin slices that they would harm,
/// and counts what all thresholds together are charged.
/// </summary>
/// <remarks>
/// From the root down, a thin slice is protected where the Wilson lower bound of its FPR at the threshold that it would inherit
/// exceeds the slice FPR limit. It then has the lowest threshold at which its FPR on the budget's basis is within the limit, or,
/// where it is too thin for that, the lowest that spares all its purchasing clicks; both lie above the inherited one. Those below
/// it inherit that threshold and are judged by it in turn. Chance alone protects few: at the default options no slice whose true
/// FPR is the budget with a probability above 0.03, whatever its number of purchasing clicks.
/// </remarks>
internal sealed class SlicePlanner(SliceTree tree, SliceCurves curves, FalsePositiveBudget budget, CalibrationOptions options)
{
    private readonly double _limit = options.SliceFprLimitInForce;

    /// <summary>Gets the plan.</summary>
    /// <param name="own">The threshold of each slice code with a share of the budget; the rest is not read.</param>
    public ThresholdPlan Plan(ReadOnlySpan<float> own)
    {
        var plan = new ThresholdPlan(new float[Slice.Count], new int[Slice.Count], new BackOffReason[Slice.Count]);

        // A parent's code is below its children's.
        for (var code = 0; code < Slice.Count; code++)
        {
            var reason = tree.Reason(code);
            var inherited = plan.Thresholds[Slice.FromCode(code).Parent.Code];
            var curve = curves[code];
            if (reason == BackOffReason.None)
            {
                (plan.Thresholds[code], plan.Sources[code]) = (own[code], code);
            }
            else if (curve is not null && Harmed(curve.At(inherited).Counts))
            {
                (plan.Thresholds[code], plan.Sources[code]) = (Sparing(curve), code);
                reason = BackOffReason.ProtectedFromParent;
            }
            else
            {
                (plan.Thresholds[code], plan.Sources[code]) = (inherited, plan.Sources[Slice.FromCode(code).Parent.Code]);
            }

            plan.Reasons[code] = reason;
        }

        return plan;
    }

    /// <summary>Gets what a plan is charged: all its false positives, and for each threshold the next purchasing click below it, where that is one of those that it decides.</summary>
    public int Charge(ThresholdPlan plan)
    {
        var charge = 0;
        var next = new float[Slice.Count];
        var unseen = new bool[Slice.Count];
        next.AsSpan().Fill(float.NaN);
        for (var code = 0; code < Slice.Count; code++)
        {
            if (plan.Sources[code] == code && curves[code] is { } curve && float.IsFinite(plan.Thresholds[code]))
            {
                next[code] = curve.NextPurchasing(curve.At(plan.Thresholds[code]).Counts.FalsePositives);
            }

            if (Slice.FromCode(code).Depth == 3 && curves[code] is { } leaf)
            {
                var source = plan.Sources[code];
                var above = leaf.At(plan.Thresholds[code]).Counts.FalsePositives;
                charge += above;
                unseen[source] |= !float.IsNaN(next[source]) && leaf.At(next[source]).Counts.FalsePositives > above;
            }
        }

        return charge + budget.Unseen * unseen.Count(each => each);
    }

    private bool Harmed(ClickCounts counts) =>
        counts.FalsePositives > 0 && counts.FprRate(options.Confidence)!.Value.Lower > _limit;

    private float Sparing(IvrFprCurve curve) =>
        budget.Within(curve, Math.Max(budget.Unseen, (int)budget.Charge(_limit, curve.Purchasing))).Threshold;
}
