using Guard.Core.Clicks;

namespace Guard.Core.Hosting;

/// <summary>One quarantined event, without its content.</summary>
/// <param name="Index">Which event of the body, from 0.</param>
/// <param name="Line">The line on which it stands, from 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The field or fault, never a value.</param>
public sealed record RejectedEntry(int Index, long Line, RejectReason Reason, string Detail);
