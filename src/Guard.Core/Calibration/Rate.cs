using MathNet.Numerics.Distributions;

namespace Guard.Core.Calibration;

/// <summary>A share in [0, 1] with its interval.</summary>
/// <param name="Value">The measured share.</param>
/// <param name="Lower">The interval's lower end.</param>
/// <param name="Upper">The interval's upper end.</param>
public readonly record struct Rate(double Value, double Lower, double Upper)
{
    /// <summary>Gets a share with Wilson's score interval, or <see langword="null"/> where there is nothing to have a share of.</summary>
    /// <remarks>E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).</remarks>
    /// <param name="count">The successes, in [0, <paramref name="total"/>].</param>
    /// <param name="total">The trials.</param>
    /// <param name="confidence">The two-sided confidence, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the confidence is outside its range.</exception>
    public static Rate? Wilson(long count, long total, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, total);
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence lies between 0 and 1.");
        }

        if (total == 0)
        {
            return null;
        }

        var z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        double n = total;
        var share = count / n;
        var scale = 1 / (1 + z * z / n);
        var centre = (share + z * z / (2 * n)) * scale;
        var half = z * scale * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n));

        // The ends are exact where no or every trial succeeded; the formula misses them by rounding.
        return new Rate(
            share,
            count == 0 ? 0 : Math.Clamp(centre - half, 0, share),
            count == total ? 1 : Math.Clamp(centre + half, share, 1));
    }
}
