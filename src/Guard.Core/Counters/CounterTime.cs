namespace Guard.Core.Counters;

/// <summary>The times, in milliseconds, that bound what counters remember.</summary>
public static class CounterTime
{
    /// <summary>A user whose newest click lies further back than this (48 h) is the same as one never seen.</summary>
    public const long Horizon = 48L * 3_600_000;

    /// <summary>An entity or user agent whose newest click lies further back than this (14 days) is the same as one never seen.</summary>
    /// <remarks>Two half-lives of their long rate, of which a quarter is left by then. Guard's own choice.</remarks>
    public const long LongHorizon = 14L * 86_400_000;

    /// <summary>The greatest lateness (24 h) that intake may allow without marking a click as too late.</summary>
    /// <remarks>
    /// Memory is reclaimed only a key's horizon plus this behind the least advanced partition, so that no click which
    /// still counts can find its key reclaimed before its horizon: when memory is reclaimed never shows in a reading.
    /// </remarks>
    public const long GreatestLateness = 24L * 3_600_000;

    /// <summary>Event times lie in [0, this), which ends in the year 2262; a click outside is treated as too late.</summary>
    public const long End = 9_223_372_036_854L;

    internal static bool Holds(long time) => (ulong)time < End;
}
