namespace Guard.Core.Clicks;

/// <summary>An event on its way to quarantine.</summary>
public readonly ref struct RejectedEvent
{
    /// <summary>Gets what was wrong.</summary>
    public required Rejection Rejection { get; init; }

    /// <summary>Gets where the event stood.</summary>
    public required EventPosition Position { get; init; }

    /// <summary>Gets the event's first bytes as they came. They may hold personal data in the clear.</summary>
    public required ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>Gets the event's whole length in bytes, which is more than <see cref="Raw"/> holds where that was cut.</summary>
    public required long Length { get; init; }
}
