using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

/// <summary>The counts of one leaf in one interval. Plain data of 32 bytes, saved as it is.</summary>
internal struct IntervalCounts
{
    public long Clicks;
    public long Invalid;
    public double ScoreSum;
    public uint Purchased;
    public uint PurchasedInvalid;

    public readonly bool IsSound =>
        Clicks >= 0 && Invalid >= 0 && Invalid <= Clicks && double.IsFinite(ScoreSum) && PurchasedInvalid <= Purchased && Purchased <= Clicks;

    public readonly TrafficTally Tally => new(Clicks, Invalid, ScoreSum, Purchased, PurchasedInvalid);

    public void Add(in IntervalCounts other)
    {
        Clicks += other.Clicks;
        Invalid += other.Invalid;
        ScoreSum += other.ScoreSum;
        Purchased += other.Purchased;
        PurchasedInvalid += other.PurchasedInvalid;
    }
}
