using Guard.Core.Counters;

namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>A user's counters as of a click: what Guard reads, in plain fields.</summary>
[GenerateSerializer]
[Immutable]
[Alias("benchmark.user-reading")]
public readonly record struct UserReading(
    [property: Id(0)] int Minute,
    [property: Id(1)] int TenMinutes,
    [property: Id(2)] int Hour,
    [property: Id(3)] int Day,
    [property: Id(4)] float RateTenSeconds,
    [property: Id(5)] float RateTenMinutes,
    [property: Id(6)] float RateSixHours,
    [property: Id(7)] long Gap,
    [property: Id(8)] byte Gaps,
    [property: Id(9)] float GapMean,
    [property: Id(10)] float GapVariance,
    [property: Id(11)] int ActiveHours,
    [property: Id(12)] int SessionClicks)
{
    public static UserReading Of(in UserCounters counters) => new(
        counters.Clicks.Minute, counters.Clicks.TenMinutes, counters.Clicks.Hour, counters.Clicks.Day,
        counters.RateTenSeconds, counters.RateTenMinutes, counters.RateSixHours,
        counters.Gap, counters.Gaps, counters.GapMean, counters.GapVariance, counters.ActiveHours, counters.SessionClicks);
}
