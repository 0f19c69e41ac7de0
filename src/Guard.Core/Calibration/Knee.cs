namespace Guard.Core.Calibration;

/// <summary>The knee of an IVR-FPR curve: where more FPR begins to buy less IVR than it does on average.</summary>
/// <remarks>
/// V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a 'Kneedle' in a haystack", ICDCS Workshops 2011: scale the curve
/// to the unit square and take the greatest distance above the chord. The empirical curve is exact and has its one best
/// point, so neither their smoothing nor their sensitivity is needed.
/// </remarks>
public static class Knee
{
    /// <summary>Gets the knee's FPR; the least of several, and 0 where the curve nowhere rises above its chord.</summary>
    /// <param name="curve">A curve with purchasing clicks.</param>
    public static double Fpr(IvrFprCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var (fpr, ivr) = curve.Frontier();
        var (knee, distance) = (0.0, 0.0);
        for (var i = 0; i < fpr.Length; i++)
        {
            // Both axes end at 1, so only their beginnings have to be scaled.
            var above = (ivr[i] - ivr[0]) / (1 - ivr[0]) - (fpr[i] - fpr[0]) / (1 - fpr[0]);
            if (above > distance)
            {
                (knee, distance) = (fpr[i], above);
            }
        }

        return knee;
    }
}
