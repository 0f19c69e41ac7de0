using MathNet.Numerics;

namespace Guard.Core.Calibration;

/// <summary>Chooses the concave function that stands for an empirical curve in the slice programme.</summary>
/// <remarks>
/// A quadratic smooths the curve of a slice with few purchasing clicks; where it does not fit, or is not concave, the concave
/// hull of the points is the best that any mixture of thresholds attains. The limits of an acceptable fit are ours.
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
        var (fpr, ivr) = curve.Frontier();
        return Quadratic(fpr, ivr, curve.Purchasing, range) ?? (IConcaveCurve)ConcaveHull.Of(fpr, ivr);
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

        // Abscissas in [0, 1] keep the normal equations well conditioned at any range.
        var (x, y, weights) = (new double[points], ivr[..points].ToArray(), new double[points]);
        for (var i = 0; i < points; i++)
        {
            x[i] = fpr[i] / range;
            var share = (fpr[i] * purchasing + 0.5) / (purchasing + 1);
            weights[i] = 1 / (share * (1 - share));
        }

        var fit = Fit.PolynomialWeighted(x, y, weights, 2);
        var (a, b, c) = (fit[2] / (range * range), fit[1] / range, fit[0]);
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
}
