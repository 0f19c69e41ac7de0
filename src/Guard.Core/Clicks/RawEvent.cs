namespace Guard.Core.Clicks;

/// <summary>A piece of input between two separators, valid until the reader moves on.</summary>
public readonly ref struct RawEvent
{
    /// <summary>Gets where the piece begins.</summary>
    public required EventPosition Position { get; init; }

    /// <summary>Gets the piece without the space around it, or its head where it was too long to hold.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Gets the length of the whole piece in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Gets what is wrong where the piece is known to be broken without decoding it.</summary>
    public Rejection Rejection { get; init; }
}
