namespace Guard.Core.Watching.Slices;

/// <summary>Which slices <see cref="SliceMetrics"/> tells of, and on how much. The defaults are Guard's own.</summary>
public sealed record SliceMetricsOptions
{
    /// <summary>Gets how long after its end an interval is closed, from 0 to 12 hours; as long as intake lets clicks be late. Default: 10 minutes.</summary>
    public TimeSpan LateAllowance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets how many clicks in a day give a slice streams of its own, at least 1; <c>all</c> always has them. Default: 2,880, ten in an interval.</summary>
    public int ClicksADay { get; init; } = 2_880;

    /// <summary>Gets the most slices with streams, in [1, 6,786]; those with most clicks come first. Default: 256, which makes 1,280 streams.</summary>
    public int Slices { get; init; } = 256;

    /// <summary>Gets on how many clicks a rate or a mean score rests at least, at least 1; fewer wait for the next interval. Default: 100.</summary>
    public int RateClicks { get; init; } = 100;

    /// <summary>Gets on how many purchasing clicks an FPR rests at least, at least 1; fewer wait for the next interval. Default: 100.</summary>
    public int RatePurchases { get; init; } = 100;

    /// <summary>Gets from how long on a slice's silence is told, from 0 to a day; a shorter one reads 0, as the nights of a small slice are full of them. Default: 30 minutes.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(LateAllowance >= TimeSpan.Zero && LateAllowance <= TimeSpan.FromHours(12), nameof(LateAllowance), "0 to 12 hours");
        Require(ClicksADay >= 1, nameof(ClicksADay), "1 or more");
        Require(Slices is >= 1 and <= Clicks.Slice.Count, nameof(Slices), "1 to 6786");
        Require(Silence >= TimeSpan.Zero && Silence <= TimeSpan.FromDays(1), nameof(Silence), "0 to 1 day");
        Require(RateClicks >= 1, nameof(RateClicks), "1 or more");
        Require(RatePurchases >= 1, nameof(RatePurchases), "1 or more");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The option {name} of the slice metrics is out of range: give {range}.", name);
        }
    }
}
