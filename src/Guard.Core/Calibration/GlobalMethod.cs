using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>One threshold for all traffic.</summary>
internal static class GlobalMethod
{
    /// <summary>Sets the threshold of <c>all</c>, in an array with one place a slice code.</summary>
    /// <exception cref="CalibrationException">The coverage floor needs more than the budget.</exception>
    public static float[] Thresholds(SortedClicks clicks, int allowed, CalibrationOptions options, List<string> notes)
    {
        var curve = clicks.Curves(new int[Slice.Count], 1)[0];
        var floor = curve.WithCoverage(options.CoverageFloor).Counts;
        if (floor.FalsePositives > allowed)
        {
            throw new CalibrationException($"A robotic coverage of {options.CoverageFloor} needs an FPR of {floor.Fpr:g4} where {(double)allowed / curve.Purchasing:g4} is allowed: lower the coverage floor or raise the budget.");
        }

        var spend = allowed;
        if (options.Method == CalibrationMethod.Knee)
        {
            var knee = curve.WithinFpr(Knee.Fpr(curve)).Counts;
            if (knee.FalsePositives > allowed)
            {
                notes.Add($"The knee lies at FPR {knee.Fpr:g4}, past the budget: the threshold at the budget stands.");
            }

            spend = Math.Clamp(knee.FalsePositives, floor.FalsePositives, allowed);
        }

        var thresholds = new float[Slice.Count];
        thresholds[Slice.All.Code] = curve.WithinFalsePositives(spend).Threshold;
        return thresholds;
    }
}
