namespace Guard.Core.Clicks;

/// <summary>What was wrong with an event; the default value is "nothing".</summary>
/// <param name="Reason">Why it is rejected.</param>
/// <param name="Detail">The field and what is wrong with it, never its value, which may be personal.</param>
public readonly record struct Rejection(RejectReason Reason, string Detail)
{
    /// <summary>Gets whether anything was wrong.</summary>
    public bool IsRejected => Reason != RejectReason.None;
}
