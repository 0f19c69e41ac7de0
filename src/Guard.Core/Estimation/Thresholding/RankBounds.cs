using System.Collections.Concurrent;

namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// Which order statistics of n values enclose the p-quantile for all n at once: with probability at least 1 − α,
/// y_(Lower(n)) ≤ q ≤ y_(Upper(n)+1) for every n ≥ 1, whatever the distribution (y_(0) = −∞, y_(n+1) = +∞).
/// </summary>
/// <remarks>
/// <para>Ours, in place of the published width u_n(α) (<see cref="UniformWidth"/>), which is blind to p: the number of values below q is a sum of
/// Bernoulli(p) variables, so a mixture of likelihood ratios against success rates r &lt; p (or r &gt; p) is a nonnegative martingale that starts
/// at 1, and by Ville's inequality reaches 2/α with probability at most α/2. A rank is kept while its ratio is below 2/α. The mixture puts equal
/// weights on 40 rates whose distances from p fall by a factor √2, which serves n up to about 2^40.</para>
/// <para>Ranks change only at <see cref="IsGridPoint">grid points</see>, every n up to 512 and then about 256 to 512 per doubling.
/// Instances are immutable and shared.</para>
/// </remarks>
public sealed class RankBounds
{
    private const int Rates = 40;
    private const int TableEnd = 1 << 16;
    private static readonly ConcurrentDictionary<(double Level, double Alpha), RankBounds> Shared = new();

    private readonly double _log2OverAlpha;
    private readonly RateMixture _below;
    private readonly RateMixture _above;
    private readonly int[] _lower;
    private readonly int[] _upper;

    private RankBounds(double level, double alpha)
    {
        Level = level;
        Alpha = alpha;
        _log2OverAlpha = Math.Log(2 / alpha);
        _below = new RateMixture(level, Rates);
        _above = new RateMixture(1 - level, Rates);
        var points = GridIndex(TableEnd) + 1;
        _lower = new int[points];
        _upper = new int[points];
        long lower = 0;
        long missing = 0;
        for (long n = 1; n <= TableEnd; n++)
        {
            if (!IsGridPoint(n))
            {
                continue;
            }

            // Both ranks are monotone in n, so that each search starts where the last one ended.
            while (_below.LogRatio(lower, n) >= _log2OverAlpha)
            {
                lower++;
            }

            while (_above.LogRatio(missing, n) >= _log2OverAlpha)
            {
                missing++;
            }

            _lower[GridIndex(n)] = (int)lower;
            _upper[GridIndex(n)] = (int)(n - missing);
        }
    }

    /// <summary>Level p of the quantile.</summary>
    public double Level { get; }

    /// <summary>Probability of ever missing the quantile.</summary>
    public double Alpha { get; }

    /// <summary>The bounds for a level in (0, 1) and an α in (0, 1), computed once and shared.</summary>
    public static RankBounds Of(double level, double alpha) =>
        Shared.GetOrAdd((level, alpha), static key => new RankBounds(key.Level, key.Alpha));

    /// <summary>Whether the ranks are looked at anew at n values.</summary>
    public static bool IsGridPoint(long n) => (n & (Stride(n) - 1)) == 0;

    /// <summary>Rank of the value at or below the quantile, at a grid point n ≥ 1; 0 where there is none yet.</summary>
    public long Lower(long n) => n <= TableEnd ? _lower[GridIndex(n)] : Search(_below, n);

    /// <summary>One less than the rank of the value at or above the quantile, at a grid point n ≥ 1; n where there is none yet.</summary>
    public long Upper(long n) => n <= TableEnd ? _upper[GridIndex(n)] : n - Search(_above, n);

    /// <summary>The greatest grid point at most n.</summary>
    public static long GridPointAtMost(long n) => n & ~(Stride(n) - 1);

    private static long Stride(long n) => n < 512 ? 1 : 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)n) - 8);

    private static int GridIndex(long n)
    {
        if (n < 512)
        {
            return (int)n;
        }

        var shift = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)n) - 8;
        return (int)((shift << 8) + (n >> shift));
    }

    private long Search(RateMixture mixture, long n)
    {
        long low = 0;
        long high = n;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (mixture.LogRatio(middle, n) >= _log2OverAlpha)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
