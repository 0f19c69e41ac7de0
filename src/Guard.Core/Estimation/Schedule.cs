using System.Numerics;

namespace Guard.Core.Estimation;

/// <summary>The horizon T that rates and levels are computed for: given, or doubled as steps pass it.</summary>
internal static class Schedule
{
    public const long LeastHorizon = 16;

    // Past a given horizon the doubling goes on, so that a stream that outlives its plan is still followed.
    public static long Horizon(long step, long? given) =>
        given is { } horizon && step <= horizon
            ? horizon
            : (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(step, LeastHorizon));
}
