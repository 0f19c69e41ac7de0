namespace Guard.Azure.Events;

/// <summary>What Guard reads of an event that an event hub hands over, free of any client's types.</summary>
public readonly record struct HubMessage
{
    /// <summary>Gets the hub and the partition, such as <c>clicks/3</c>: the origin of the positions of what is mapped.</summary>
    public required string Origin { get; init; }

    /// <summary>Gets the place in the partition.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>Gets the key by which the event came into its partition; <see langword="null"/> where the producer gave none.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Gets the AMQP message's content type, if any.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets the application properties.</summary>
    public required IEnumerable<KeyValuePair<string, object?>> Properties { get; init; }

    /// <summary>Gets the body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
