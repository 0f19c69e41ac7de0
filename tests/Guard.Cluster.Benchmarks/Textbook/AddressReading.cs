using Guard.Core.Counters;

namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>An address's counters as of a click: what Guard reads, in plain fields.</summary>
[GenerateSerializer]
[Immutable]
[Alias("benchmark.address-reading")]
public readonly record struct AddressReading(
    [property: Id(0)] (int Minute, int TenMinutes, int Hour, int Day) Clicks,
    [property: Id(1)] double RateWeek,
    [property: Id(2)] long Gap,
    [property: Id(3)] (float Minute, float TenMinutes, float Hour, float Day) Users,
    [property: Id(4)] (float Minute, float TenMinutes, float Hour, float Day) Sessions,
    [property: Id(5)] (float Minute, float TenMinutes, float Hour, float Day) UserAgents)
{
    public static AddressReading Of(in EntityCounters counters) => new(
        Plain(counters.Clicks), counters.RateWeek, counters.Gap, Plain(counters.Users), Plain(counters.Sessions), Plain(counters.UserAgents));

    private static (T Minute, T TenMinutes, T Hour, T Day) Plain<T>(Windowed<T> windows)
        where T : struct => (windows.Minute, windows.TenMinutes, windows.Hour, windows.Day);
}
