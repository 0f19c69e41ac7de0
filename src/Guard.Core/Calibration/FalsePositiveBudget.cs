namespace Guard.Core.Calibration;

/// <summary>Turns an FPR budget into whole purchasing clicks, of which alone a sample can spend it.</summary>
internal static class FalsePositiveBudget
{
    /// <summary>Far below one click, far above the rounding error of a rate times a count.</summary>
    public const double Rounding = 1e-9;

    /// <summary>Gets the most false positives that keep the promise.</summary>
    /// <exception cref="CalibrationException">Not even none would keep it.</exception>
    public static int Allowed(CalibrationOptions options, int purchasing)
    {
        if (options.Basis == BudgetBasis.Measured)
        {
            return (int)Math.Floor(options.Budget * purchasing + Rounding);
        }

        var (low, high) = (-1, purchasing);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            (low, high) = Rate.Wilson(middle, purchasing, options.Confidence)!.Value.Upper <= options.Budget ? (middle, high) : (low, middle - 1);
        }

        return low >= 0
            ? low
            : throw new CalibrationException($"{purchasing} purchasing clicks are too few to hold the upper bound of the FPR under {options.Budget}: give more clicks, or budget on the measured FPR.");
    }
}
