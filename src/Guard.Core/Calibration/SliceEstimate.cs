using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>What is estimated of a slice with a share of the budget.</summary>
/// <param name="Code">The slice.</param>
/// <param name="Curve">The curve of all its clicks.</param>
/// <param name="Decided">How many clicks its threshold decides: those that no slice below it with its own share takes.</param>
/// <param name="Concave">The concave function that stands for the curve.</param>
/// <param name="Floor">The least FPR that meets the coverage floor.</param>
/// <param name="Lower">The same, but no less than what sparing all its purchasing clicks is charged.</param>
/// <param name="Upper">The greatest FPR that it may have.</param>
internal sealed record SliceEstimate(int Code, IvrFprCurve Curve, int Decided, IConcaveCurve Concave, double Floor, double Lower, double Upper)
{
    /// <summary>Estimates all slices that have a share of the budget, by rising code.</summary>
    /// <exception cref="CalibrationException">A slice's coverage floor needs more FPR than any slice may have.</exception>
    public static SliceEstimate[] Of(SliceTree tree, SliceCurves curves, CalibrationOptions options)
    {
        var decided = new int[Slice.Count];
        for (var code = 0; code < Slice.Count; code++)
        {
            decided[tree.Source(code)] += Slice.FromCode(code).Depth == 3 ? tree[code].Clicks : 0;
        }

        var estimates = new List<SliceEstimate>();
        for (var code = 0; code < Slice.Count; code++)
        {
            if (tree.HasOwn(code))
            {
                estimates.Add(Of(code, curves[code]!, decided[code], tree.Budget, options));
            }
        }

        return [.. estimates];
    }

    private static SliceEstimate Of(int code, IvrFprCurve curve, int decided, FalsePositiveBudget budget, CalibrationOptions options)
    {
        var floor = budget.Fpr(budget.Charge(curve.WithCoverage(options.CoverageFloor)), curve.Purchasing);
        var upper = options.SliceFprLimitInForce;
        if (floor > upper)
        {
            throw new CalibrationException($"A robotic coverage of {options.CoverageFloor} needs an FPR of {floor:g4} in slice {Slice.FromCode(code)} where no slice may exceed {upper:g4}: lower the coverage floor or raise the slice FPR limit.");
        }

        var lower = Math.Min(upper, Math.Max(floor, budget.Fpr(budget.Unseen, curve.Purchasing)));
        return new SliceEstimate(code, curve, decided, CurveFit.Of(curve, upper, budget.Unseen), floor, lower, upper);
    }
}
