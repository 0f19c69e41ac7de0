using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Grains.Deciding;

/// <summary>One quarantined event, without its content.</summary>
/// <param name="Arrived">When its message came in, in Unix milliseconds.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Detail">The field or fault, never a value.</param>
/// <param name="Origin">What it came with.</param>
/// <param name="Line">The line within it, from 1; 0 where there are none.</param>
/// <param name="Length">Its length in bytes.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.segment-rejection")]
public sealed record SegmentRejection(long Arrived, RejectReason Reason, string Detail, string Origin, long Line, long Length)
{
    private static readonly long s_first = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Gets the event as hosts show it.</summary>
    public QuarantineRow ToRow() => new(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Arrived, s_first, s_last)), Reason, Detail, Origin, Line, Length);
}
