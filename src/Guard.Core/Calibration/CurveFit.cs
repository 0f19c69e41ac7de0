namespace Guard.Core.Calibration;

/// <summary>Chooses the concave function that stands for an empirical curve in the slice programme.</summary>
/// <remarks>
/// A quadratic smooths the curve of a slice with few purchasing clicks; where it does not fit, or is not concave, the concave
/// hull of the points up to the range is the best that any mixture of thresholds attains there. The limits of an acceptable fit
/// are ours.
/// </remarks>
public static class CurveFit
{
    /// <summary>The fewest attainable FPRs in the range that a quadratic is fitted to.</summary>
    public const int FewestPoints = 8;

    /// <summary>The most by which an accepted quadratic's IVR may miss the curve at any attainable FPR in the range.</summary>
    public const double WorstResidual = 0.02;

    /// <summary>Fits a quadratic over the FPRs in [0, <paramref name="range"/>], or takes the concave hull.</summary>
    /// <param name="curve">A curve with purchasing clicks.</param>
    /// <param name="range">The greatest FPR that matters, in (0, 1].</param>
    public static IConcaveCurve Of(IvrFprCurve curve, double range)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var (fpr, ivr) = curve.Frontier(range);
        return Quadratic(fpr, ivr, curve.Purchasing, range) ?? (IConcaveCurve)ConcaveHull.Of(fpr, ivr);
    }

    /// <summary>Gets the curve to which those of slices are drawn.</summary>
    internal static ConcaveHull Pool(IvrFprCurve all, double range, int unseen)
    {
        var (fpr, ivr) = all.Frontier(range, unseen);
        return ConcaveHull.Of(fpr, ivr);
    }

    /// <summary>
    /// Does the same for a slice beside a pool of slices, for FPRs that are charged so many unseen purchasing clicks. An FPR of 0
    /// then invalidates nothing: a hull begins there, and a quadratic holds from the first FPR that is charged.
    /// </summary>
    /// <param name="curve">A curve with purchasing clicks.</param>
    /// <param name="range">The greatest FPR that matters, in (0, 1].</param>
    /// <param name="unseen">0 or 1.</param>
    /// <param name="pool">The curve to which the slice's is drawn.</param>
    /// <param name="odds">The slice's share of purchasing clicks over its share of clicks: so much more each unit of its FPR has to gain.</param>
    /// <param name="weight">The weight of the slice's own curve, in [0, 1].</param>
    internal static IConcaveCurve Of(IvrFprCurve curve, double range, int unseen, IConcaveCurve pool, double odds, double weight)
    {
        var (fpr, ivr) = curve.Frontier(range, unseen);
        var (own, pooled) = (ivr[0], pool.Value(fpr[0]));
        for (var i = 0; i < ivr.Length; i++)
        {
            ivr[i] = own + weight * (ivr[i] - own) + (1 - weight) * odds * (pool.Value(fpr[i]) - pooled);
        }

        return Quadratic(fpr, ivr, curve.Purchasing, range)
            ?? (IConcaveCurve)(unseen == 0 ? ConcaveHull.Of(fpr, ivr) : ConcaveHull.Of([0, .. fpr], [0, .. ivr]));
    }

    /// <summary>Fits IVR ≈ a x² + b x + c by weighted least squares, or gets <see langword="null"/> where it is not concave and rising at 0, or misses the curve.</summary>
    /// <remarks>A point weighs the inverse of its FPR's binomial variance, with half a click added so that it is finite at 0.</remarks>
    /// <param name="fpr">The attainable FPRs, rising.</param>
    /// <param name="ivr">The best IVR at each.</param>
    /// <param name="purchasing">The number of purchasing clicks.</param>
    /// <param name="range">The greatest FPR that matters, in (0, 1].</param>
    public static ConcaveQuadratic? Quadratic(ReadOnlySpan<double> fpr, ReadOnlySpan<double> ivr, int purchasing, double range)
    {
        var points = 0;
        while (points < fpr.Length && fpr[points] <= range)
        {
            points++;
        }

        if (points < FewestPoints)
        {
            return null;
        }

        var (a, b, c) = LeastSquares(fpr[..points], ivr[..points], purchasing, range);
        if (!(a < 0 && b > 0 && double.IsFinite(a) && double.IsFinite(b) && double.IsFinite(c)))
        {
            return null;
        }

        var quadratic = new ConcaveQuadratic(a, b, c);
        for (var i = 0; i < points; i++)
        {
            if (!(Math.Abs(quadratic.Value(fpr[i]) - ivr[i]) <= WorstResidual))
            {
                return null;
            }
        }

        return quadratic;
    }

    /// <summary>Solves the normal equations in x / range, whose abscissas in [0, 1] keep them well conditioned.</summary>
    private static (double A, double B, double C) LeastSquares(ReadOnlySpan<double> fpr, ReadOnlySpan<double> ivr, int purchasing, double range)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, t0 = 0, t1 = 0, t2 = 0;
        for (var i = 0; i < fpr.Length; i++)
        {
            var share = (fpr[i] * purchasing + 0.5) / (purchasing + 1);
            var weight = 1 / (share * (1 - share));
            var x = fpr[i] / range;
            var (w1, w2) = (weight * x, weight * x * x);
            (s0, s1, s2, s3, s4) = (s0 + weight, s1 + w1, s2 + w2, s3 + w2 * x, s4 + w2 * x * x);
            (t0, t1, t2) = (t0 + weight * ivr[i], t1 + w1 * ivr[i], t2 + w2 * ivr[i]);
        }

        // Cholesky's elimination of the symmetric 3 × 3 system.
        var (p, q) = (s1 / s0, s2 / s0);
        var (d1, e, d2) = (s2 - p * s1, s3 - p * s2, s4 - q * s2);
        var (r1, r2) = (t1 - p * t0, t2 - q * t0);
        var a = (r2 - e / d1 * r1) / (d2 - e / d1 * e);
        var b = (r1 - e * a) / d1;
        var c = (t0 - s1 * b - s2 * a) / s0;
        return (a / (range * range), b / range, c);
    }
}
