namespace Guard.Grains.Ingest;

/// <summary>One message of an event hub's partition, as it came.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.hub-message")]
public sealed record HubMessage
{
    /// <summary>Gets the message's number in its partition, from 0, without gaps.</summary>
    [Id(0)]
    public required long SequenceNumber { get; init; }

    /// <summary>Gets its place in the partition, as the hub spells it.</summary>
    [Id(1)]
    public required string Offset { get; init; }

    /// <summary>Gets when the hub took it, in Unix milliseconds: the clock by which events are judged, so that a replay judges them alike.</summary>
    [Id(2)]
    public required long EnqueuedTime { get; init; }

    /// <summary>Gets the body's first bytes: all of it, or one byte more than an event may have.</summary>
    [Id(3)]
    public required byte[] Body { get; init; }

    /// <summary>Gets the content type; <see langword="null"/> where the sender set none.</summary>
    [Id(4)]
    public string? ContentType { get; init; }

    /// <summary>Gets the application properties that hold text, numbers or times, as invariant text.</summary>
    [Id(5)]
    public Dictionary<string, string> Properties { get; init; } = [];

    /// <summary>Gets how long ago the hub took a message; nothing where that lies ahead. Any two numbers give an age, since a hub may tell any.</summary>
    /// <param name="enqueuedTime">When the hub took it, in Unix milliseconds.</param>
    /// <param name="now">The clock, in Unix milliseconds.</param>
    internal static TimeSpan AgeOf(long enqueuedTime, long now) => enqueuedTime >= now
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds((long)Math.Min(unchecked((ulong)now - (ulong)enqueuedTime), (ulong)(TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond)));
}
