namespace Guard.Core.Hosting;

/// <summary>What became of a body of events.</summary>
/// <param name="Accepted">The events taken in.</param>
/// <param name="Duplicates">The events that were known already.</param>
/// <param name="Quarantined">The events put into quarantine.</param>
/// <param name="Rejections">The first of them, in the body's order, at most <see cref="GreatestRejections"/>.</param>
public sealed record Receipt(int Accepted, int Duplicates, int Quarantined, IReadOnlyList<RejectedEntry> Rejections)
{
    /// <summary>The most rejections that a receipt tells one by one.</summary>
    public const int GreatestRejections = 100;
}
