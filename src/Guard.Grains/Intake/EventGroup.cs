namespace Guard.Grains.Intake;

/// <summary>Messages of an HTTP partition that became durable together: an immutable artifact, written once.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.event-group")]
public sealed class EventGroup
{
    /// <summary>Gets the partition.</summary>
    [Id(0)]
    public required int Partition { get; init; }

    /// <summary>Gets the number of the first message.</summary>
    [Id(1)]
    public required long FirstMessage { get; init; }

    /// <summary>Gets who wrote the group: two writers never write the same bytes.</summary>
    [Id(2)]
    public required Guid Writer { get; init; }

    /// <summary>Gets the messages, in order.</summary>
    [Id(3)]
    public required SentBody[] Bodies { get; init; }

    /// <summary>Gets the number of the last message.</summary>
    public long LastMessage => FirstMessage + Bodies.Length - 1;
}
