using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>Sets thresholds from scored clicks so that at most a budgeted share of the purchasing clicks is invalidated.</summary>
public static class ThresholdCalibrator
{
    /// <summary>Calibrates. The same clicks in any order and the same options give the same set, byte for byte.</summary>
    /// <remarks>
    /// Rates in the result are read from the empirical curve at the thresholds, never from a fitted function, and the FPR of all
    /// traffic keeps the budget on the sample. The sample sets the thresholds and measures them, so its FPR is optimistic;
    /// <see cref="BudgetBasis.UpperBound"/> adds a margin, and fresh clicks tell the truth.
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
        var tree = new SliceTree(clicks, options.MinimumPurchasing);
        if (tree.All.Purchasing == 0)
        {
            throw new CalibrationException($"None of the {tree.All.Clicks} clicks led to a purchase, so no FPR is defined: give a longer span, or check that purchases arrive.");
        }

        var allowed = FalsePositiveBudget.Allowed(options, tree.All.Purchasing);
        var notes = new List<string>();
        if (tree.All.Purchasing < options.MinimumPurchasing)
        {
            notes.Add($"Only {tree.All.Purchasing} purchasing clicks in all, fewer than the {options.MinimumPurchasing} asked for of one slice: mind the intervals.");
        }

        if (allowed == 0)
        {
            notes.Add($"The budget allows no false positive among {tree.All.Purchasing} purchasing clicks: more clicks, or a greater budget, would invalidate more.");
        }

        var (thresholds, price) = options.Method == CalibrationMethod.Slices
            ? SliceMethod.Thresholds(SliceEstimate.Of(clicks, tree, options), tree.All, allowed, options)
            : (GlobalMethod.Thresholds(clicks, allowed, options, notes), (double?)null);
        var (from, to) = Span(sample);
        return Assemble(clicks, tree, thresholds, new CalibrationRecord(modelVersion, options, price, from, to, notes));
    }

    private static ThresholdSet Assemble(SortedClicks clicks, SliceTree tree, float[] thresholds, CalibrationRecord calibration)
    {
        var options = calibration.Options;
        var global = options.Method != CalibrationMethod.Slices;
        var sources = new int[Slice.Count];
        for (var code = 0; code < Slice.Count; code++)
        {
            sources[code] = global ? Slice.All.Code : tree.Source(code);
            thresholds[code] = thresholds[sources[code]];
        }

        var counts = clicks.Count(thresholds);
        var slices = new List<SliceThreshold>();
        for (var code = 0; code < Slice.Count; code++)
        {
            if (counts[code].Clicks > 0)
            {
                slices.Add(new SliceThreshold(
                    Slice.FromCode(code),
                    thresholds[code],
                    Slice.FromCode(sources[code]),
                    sources[code] == code ? BackOffReason.None : global ? BackOffReason.OneThreshold : tree.Reason(code),
                    counts[code],
                    counts[code].IvrRate(options.Confidence)!.Value,
                    counts[code].FprRate(options.Confidence),
                    counts[code].CoverageRate(options.Confidence)));
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
