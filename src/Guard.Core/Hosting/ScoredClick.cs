namespace Guard.Core.Hosting;

/// <summary>What became of one click.</summary>
/// <param name="Decision">Its decision; for a click that was known already the one it got then, as far as it is still kept.</param>
/// <param name="Rejection">Why it went to quarantine.</param>
/// <param name="Duplicate">Whether the click was known already and did not count again. A duplicate whose decision is no longer kept has neither decision nor rejection.</param>
public sealed record ScoredClick(KeptDecision? Decision, RejectedEntry? Rejection, bool Duplicate)
{
    /// <summary>
    /// Gets whether the click is durable. Where not, the decision was due before the disk was done: the click counts unless the host ends
    /// within that moment, and sent again it counts once.
    /// </summary>
    public bool IsDurable { get; init; } = true;
}
