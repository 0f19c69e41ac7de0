namespace Guard.Grains.Intake;

/// <summary>Events that a producer sent together, or a part of them: one message of an HTTP partition.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.sent-body")]
public sealed class SentBody
{
    /// <summary>Gets the events, as <see cref="PackedEvents"/> lays them out.</summary>
    [Id(0)]
    public required byte[] Events { get; init; }

    /// <summary>Gets when they came, in Unix milliseconds: the clock by which they are judged, so that a replay judges them alike.</summary>
    [Id(1)]
    public required long Time { get; init; }

    /// <summary>Gets whether the sender waits for the decision of its one click.</summary>
    [Id(2)]
    public bool WantsDecision { get; init; }
}
