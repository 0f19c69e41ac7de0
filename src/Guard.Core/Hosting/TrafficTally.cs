using Guard.Core.Calibration;

namespace Guard.Core.Hosting;

/// <summary>Counts of clicks and of what became of them.</summary>
/// <param name="Clicks">The clicks.</param>
/// <param name="Invalid">Those invalidated, by list or model.</param>
/// <param name="ScoreSum">The sum of their scores.</param>
/// <param name="Purchased">The clicks that led to a purchase so far.</param>
/// <param name="PurchasedInvalid">Those of them that were invalidated.</param>
public readonly record struct TrafficTally(long Clicks, long Invalid, double ScoreSum, long Purchased, long PurchasedInvalid)
{
    private const double Confidence = 0.95;

    /// <summary>Gets the invalidation rate with its interval; <see langword="null"/> without clicks.</summary>
    public Rate? Ivr => Rate.Wilson(Invalid, Clicks, Confidence);

    /// <summary>Gets the false-positive rate, the invalid share of purchasing clicks, with its interval; <see langword="null"/> without any.</summary>
    public Rate? Fpr => Rate.Wilson(PurchasedInvalid, Purchased, Confidence);

    /// <summary>Gets the mean score; <see langword="null"/> without clicks.</summary>
    public double? MeanScore => Clicks == 0 ? null : ScoreSum / Clicks;

    /// <summary>Adds two tallies.</summary>
    public static TrafficTally operator +(TrafficTally left, TrafficTally right) => new(
        left.Clicks + right.Clicks, left.Invalid + right.Invalid, left.ScoreSum + right.ScoreSum, left.Purchased + right.Purchased, left.PurchasedInvalid + right.PurchasedInvalid);
}
