namespace Guard.Server.Answers;

/// <summary>One quarantined event.</summary>
/// <param name="Arrived">When it arrived.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Detail">The field or fault, never a value.</param>
/// <param name="Origin">What it came with.</param>
/// <param name="Line">The line within it, from 1.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record QuarantinedAnswer(DateTimeOffset Arrived, string Reason, string Detail, string Origin, long Line, long Length);
