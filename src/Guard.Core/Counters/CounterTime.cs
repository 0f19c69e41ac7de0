namespace Guard.Core.Counters;

/// <summary>The times, in milliseconds, that bound what counters remember.</summary>
public static class CounterTime
{
    /// <summary>A key whose newest click lies further back than this (48 h) is the same as a key never seen.</summary>
    public const long Horizon = 48L * 3_600_000;

    /// <summary>The greatest lateness (24 h) that intake may allow without marking a click as too late.</summary>
    /// <remarks>
    /// Memory is reclaimed only <see cref="Horizon"/> plus this behind the least advanced partition, so that no click which
    /// still counts can find its key reclaimed before its horizon: when memory is reclaimed never shows in a reading.
    /// </remarks>
    public const long GreatestLateness = 24L * 3_600_000;

    /// <summary>Event times lie in [0, this), which ends in the year 2262; a click outside is treated as too late.</summary>
    public const long End = 9_223_372_036_854L;

    internal const long Reclaim = Horizon + GreatestLateness;

    internal static bool Holds(long time) => (ulong)time < End;
}
