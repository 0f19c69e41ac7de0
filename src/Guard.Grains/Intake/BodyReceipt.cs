namespace Guard.Grains.Intake;

/// <summary>What became of a <see cref="SentBody"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.body-receipt")]
public sealed class BodyReceipt
{
    /// <summary>Gets the events taken in.</summary>
    [Id(0)]
    public int Accepted { get; init; }

    /// <summary>Gets the events that were known already.</summary>
    [Id(1)]
    public int Duplicates { get; init; }

    /// <summary>Gets the events put into quarantine.</summary>
    [Id(2)]
    public int Quarantined { get; init; }

    /// <summary>Gets the first of them, in order.</summary>
    [Id(3)]
    public BodyRejection[] Rejections { get; init; } = [];

    /// <summary>Gets the decision where the sender waits for it and the click was new.</summary>
    [Id(4)]
    public ScoredRow? Scored { get; init; }
}
