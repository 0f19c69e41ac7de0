using System.Numerics;

namespace Guard.Core.Estimation;

/// <summary>
/// The test of one split between n₁ scores before and n₂ after it, in the unit ball. With D the difference of their means,
/// v their pooled variance tr Σ, M their range and ν their effective dimension, let
/// x = ‖D‖²/(v(1/n₁ + 1/n₂) + M‖D‖/(6·min(n₁, n₂))); the split fires when (ν'/2)(x − 1 − ln x) exceeds half of
/// L = ln(2/δ) + ln n₁ + 2·ln(1 + ln n₁) + 2·ln(1 + log₂ n₂).
/// </summary>
/// <remarks>
/// (ν/2)(x − 1 − ln x) is the Chernoff exponent of a χ² of ν degrees; the term in M is Bernstein's for bounded vectors (Pinelis
/// 1994), which holds in any dimension; L spends δ over the splits and, by peeling, over the time since (Howard et al.
/// 2021). 1/ν' = 1/ν + 1/n₁ + 1/n₂ allows for the spread of the scores' norms. The halves of L and of Bernstein's M/3, and
/// v's addition of M²/n, are calibrated on simulated streams without change, not proved.
/// </remarks>
internal readonly struct SplitTest
{
    private const double Calibration = 0.5;

    // 2·ln(1 + log₂ n₂) for each whole part of the logarithm: the peeling's price of time.
    private static readonly double[] s_timePrice = [.. Enumerable.Range(0, 64).Select(log => 2 * Math.Log(1 + log))];

    private readonly long _samples;
    private readonly double _squares;
    private readonly double _sumSquare;
    private readonly double _dimension;
    private readonly double _greatest;
    private readonly double _allowance;

    public SplitTest(long samples, double squares, double sumSquare, double dimension, double greatest, double delta)
    {
        (_samples, _squares, _sumSquare, _dimension, _greatest) = (samples, squares, sumSquare, dimension, greatest);
        _allowance = Math.Log(2 / delta);
    }

    /// <summary>The part of L that a split keeps for life: ln n₁ + 2·ln(1 + ln n₁).</summary>
    public static double Price(long before)
    {
        var log = Math.Log(before);
        return log + (2 * Math.Log(1 + log));
    }

    /// <summary>Returns L/2, which the exponent must exceed for the split to fire.</summary>
    /// <param name="split">n₁.</param>
    /// <param name="price">What <see cref="Price"/> gave for it.</param>
    public double Limit(long split, double price) =>
        Calibration * (_allowance + price + s_timePrice[BitOperations.Log2((ulong)(_samples - split))]);

    /// <summary>Returns (ν'/2)(x − 1 − ln x), or 0 where it is below a floor for certain.</summary>
    /// <param name="split">n₁.</param>
    /// <param name="partSquare">‖S₁‖², of the sum before the split.</param>
    /// <param name="dot">⟨S₁, S⟩, with the sum of all.</param>
    /// <param name="floor">Smaller exponents do not matter.</param>
    public double Exponent(long split, double partSquare, double dot, double floor)
    {
        double before = split;
        var after = _samples - before;
        var restSquare = Math.Max(0, _sumSquare - (2 * dot) + partSquare);
        var distance2 = (partSquare / (before * before)) + (restSquare / (after * after)) - (2 * (dot - partSquare) / (before * after));
        if (!(distance2 > 0))
        {
            return 0;
        }

        var range = _greatest + (Math.Sqrt(partSquare) / before);
        var within = Math.Max(0, _squares - (partSquare / before) - (restSquare / after));
        var variance = (within / Math.Max(1, _samples - 2)) + (range * range / _samples);
        var weight = (1 / before) + (1 / after);
        var dimension = 1 / ((1 / _dimension) + weight);

        // Without Bernstein's term x is only greater: most splits end here, before a root and a logarithm.
        if (dimension * ((distance2 / (variance * weight)) - 1) < 2 * floor)
        {
            return 0;
        }

        var x = distance2 / ((variance * weight) + (range * Math.Sqrt(distance2) / (6 * Math.Min(before, after))));
        return x > 1 ? 0.5 * dimension * (x - 1 - Math.Log(x)) : 0;
    }
}
