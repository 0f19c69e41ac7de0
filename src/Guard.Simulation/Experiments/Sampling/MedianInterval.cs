using MathNet.Numerics.Distributions;

namespace Guard.Simulation.Experiments;

/// <summary>A median with a distribution-free interval between two order statistics.</summary>
/// <param name="Median">The median: the mean of the middle two of an even number.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public readonly record struct MedianInterval(double Median, double Low, double High)
{
    /// <summary>Computes the median and its 95 % interval; with fewer than six values the interval is their whole range.</summary>
    /// <param name="values">The values, at least one, in any order.</param>
    public static MedianInterval Of(IReadOnlyCollection<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var sorted = values.Order().ToArray();
        var n = sorted.Length;

        // The greatest k with P(Bin(n, 1/2) < k) at most 2.5 %: the k-th least and greatest values bound the median.
        var k = 0;
        while (k + 1 <= n / 2 && Binomial.CDF(0.5, n, k) <= 0.025)
        {
            k++;
        }

        k = Math.Max(k, 1);
        return new MedianInterval(0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]), sorted[k - 1], sorted[n - k]);
    }
}
