using System.Collections.Concurrent;
using MathNet.Numerics;

namespace Guard.Core.Estimation.Thresholding;

/// <summary>An upper bound on the tail of a binomial distribution.</summary>
internal static class BinomialTail
{
    /// <summary>Number of windows 1, 2, 4, … that counts are tabulated for.</summary>
    public const int Windows = 15;

    private static readonly ConcurrentDictionary<(double Rate, double Level), int[]> Shared = new();

    /// <summary>For each window 2^k, the least count whose tail probability is at most the level; <see cref="int.MaxValue"/> for a level of 0. Shared.</summary>
    public static int[] LeastCounts(double rate, double level) =>
        Shared.GetOrAdd((rate, level), static key => [.. Enumerable.Range(0, Windows).Select(k => LeastCount(1 << k, key.Rate, key.Level))]);

    /// <summary>
    /// Logarithm of a bound on P(Bin(trials, rate) ≥ successes), 0 where successes are not above their expectation.
    /// </summary>
    /// <remarks>
    /// Feller, An Introduction to Probability Theory, vol. 1, VI.3: the tail is at most b(r) · r(1 − p)/(r − np), b the probability of exactly r.
    /// </remarks>
    public static double LogBound(int successes, int trials, double rate)
    {
        var excess = successes - (trials * rate);
        if (excess <= 0)
        {
            return 0;
        }

        var exactly = SpecialFunctions.BinomialLn(trials, successes) + (successes * Math.Log(rate)) + ((trials - successes) * Math.Log(1 - rate));
        return Math.Min(0, exactly + Math.Log(successes * (1 - rate) / excess));
    }

    private static int LeastCount(int window, double rate, double level)
    {
        if (level <= 0)
        {
            return int.MaxValue;
        }

        var low = (int)(window * rate) + 1;
        var high = window + 1;
        var bar = Math.Log(level);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (LogBound(middle, window, rate) <= bar)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
