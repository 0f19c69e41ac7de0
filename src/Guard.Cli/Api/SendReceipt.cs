namespace Guard.Cli.Api;

/// <summary>What a Guard answered to a body of events.</summary>
/// <param name="Accepted">The events taken in.</param>
/// <param name="Duplicates">The events that it knew already.</param>
/// <param name="Quarantined">The events that it put into quarantine.</param>
internal readonly record struct SendReceipt(long Accepted, long Duplicates, long Quarantined)
{
    public static SendReceipt operator +(SendReceipt left, SendReceipt right) =>
        new(left.Accepted + right.Accepted, left.Duplicates + right.Duplicates, left.Quarantined + right.Quarantined);
}
