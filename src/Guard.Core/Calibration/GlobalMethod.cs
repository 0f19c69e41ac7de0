using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>One threshold for all traffic.</summary>
internal static class GlobalMethod
{
    /// <summary>Gets the lowest threshold that the budget allows, or the knee's.</summary>
    /// <exception cref="CalibrationException">The coverage floor needs more than the budget.</exception>
    public static ThresholdPlan Plan(SortedClicks clicks, FalsePositiveBudget budget, CalibrationOptions options, List<string> notes)
    {
        var curve = clicks.Curves(new int[Slice.Count], 1)[0];
        var floor = budget.Charge(curve.WithCoverage(options.CoverageFloor));
        if (floor > budget.Allowed)
        {
            throw new CalibrationException($"A robotic coverage of {options.CoverageFloor} needs an FPR of {budget.Fpr(floor, curve.Purchasing):g4} where {budget.Fpr(budget.Allowed, curve.Purchasing):g4} is allowed: lower the coverage floor or raise the budget.");
        }

        var spend = budget.Allowed;
        if (options.Method == CalibrationMethod.Knee)
        {
            var knee = curve.WithinFpr(Knee.Fpr(curve));
            if (budget.Charge(knee) > budget.Allowed)
            {
                notes.Add($"The knee lies at FPR {knee.Counts.Fpr:g4}, past the budget: the threshold at the budget stands.");
            }

            spend = Math.Clamp(budget.Charge(knee), floor, budget.Allowed);
        }

        return ThresholdPlan.One(budget.Within(curve, spend).Threshold);
    }
}
