using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>Sets thresholds from scored clicks so that at most a budgeted share of the purchasing clicks is invalidated.</summary>
public static class ThresholdCalibrator
{
    /// <summary>Calibrates. The same clicks in any order and the same options give the same set, byte for byte.</summary>
    /// <remarks>
    /// Rates in the result are read from the empirical curve at the thresholds, never from a fitted function or an expectation. The
    /// sample sets the thresholds and measures them, so its FPR is optimistic; therefore the budget limits by default what to
    /// expect of fresh clicks (see <see cref="BudgetBasis"/>), and the FPR in the result lies below it.
    /// </remarks>
    /// <param name="sample">The scored clicks.</param>
    /// <param name="options">What to promise, and how.</param>
    /// <param name="modelVersion">The version of the model that gave the scores.</param>
    /// <exception cref="CalibrationException">An option is out of range, no click led to a purchase, or the coverage floor cannot be met within the budget.</exception>
    public static ThresholdSet Calibrate(in CalibrationSample sample, CalibrationOptions options, string modelVersion)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(modelVersion);
        if (options.Problem() is { } problem)
        {
            throw new CalibrationException($"Calibration cannot start: {problem}.");
        }

        var clicks = SortedClicks.Of(sample, options.RoboticClicksPerHour);
        var tree = new SliceTree(clicks, options);
        var notes = new List<string>();
        if (tree.All.Purchasing < options.MinimumPurchasing)
        {
            notes.Add($"Only {tree.All.Purchasing} purchasing clicks in all, fewer than the {options.MinimumPurchasing} asked for of one slice: mind the intervals.");
        }

        if (tree.Budget.Allowed <= tree.Budget.Unseen)
        {
            var spared = tree.Budget.Allowed < tree.Budget.Unseen ? "invalidates nothing" : "allows no false positive";
            notes.Add($"The budget {spared} with {tree.All.Purchasing} purchasing clicks: more clicks, or a greater budget, would invalidate more.");
        }

        var (plan, price) = options.Method == CalibrationMethod.Slices
            ? SliceMethod.Plan(tree, SliceCurves.Of(clicks, tree), options)
            : (GlobalMethod.Plan(clicks, tree.Budget, options, notes), (double?)null);
        var (from, to) = Span(sample);
        return Assemble(clicks, plan, new CalibrationRecord(modelVersion, options, price, from, to, notes));
    }

    private static ThresholdSet Assemble(SortedClicks clicks, ThresholdPlan plan, CalibrationRecord calibration)
    {
        var confidence = calibration.Options.Confidence;
        var counts = clicks.Count(plan.Thresholds);
        var slices = new List<SliceThreshold>();
        for (var code = 0; code < Slice.Count; code++)
        {
            if (counts[code].Clicks > 0)
            {
                slices.Add(new SliceThreshold(
                    Slice.FromCode(code),
                    plan.Thresholds[code],
                    Slice.FromCode(plan.Sources[code]),
                    plan.Reasons[code],
                    counts[code],
                    counts[code].IvrRate(confidence)!.Value,
                    counts[code].FprRate(confidence),
                    counts[code].CoverageRate(confidence)));
            }
        }

        return ThresholdSet.Of(calibration, slices);
    }

    private static (DateTimeOffset From, DateTimeOffset To) Span(in CalibrationSample sample)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var fact in sample.Facts)
        {
            (from, to) = (Math.Min(from, fact.Time), Math.Max(to, fact.Time));
        }

        return (DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to));
    }
}
