namespace Guard.Server.Answers;

/// <summary>What became of a body of events.</summary>
/// <param name="Accepted">The events taken in; they are durable and decided.</param>
/// <param name="Duplicates">The events that were known already by source and id.</param>
/// <param name="Quarantined">The events put into quarantine.</param>
/// <param name="Rejections">The first 100 of them, in the body's order.</param>
public sealed record ReceiptAnswer(int Accepted, int Duplicates, int Quarantined, IReadOnlyList<RejectionAnswer> Rejections);
