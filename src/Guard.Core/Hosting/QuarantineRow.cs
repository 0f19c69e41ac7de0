using Guard.Core.Clicks;

namespace Guard.Core.Hosting;

/// <summary>One quarantined event.</summary>
/// <param name="Arrived">When it arrived.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Detail">The field or fault, never a value.</param>
/// <param name="Origin">What it came with, such as the address of the API.</param>
/// <param name="Line">The line within it, from 1.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record QuarantineRow(DateTimeOffset Arrived, RejectReason Reason, string Detail, string Origin, long Line, long Length);
