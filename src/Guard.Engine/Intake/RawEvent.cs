using Guard.Core.Clicks;

namespace Guard.Engine.Intake;

/// <summary>A piece of input between two separators, valid until the reader moves on.</summary>
internal readonly ref struct RawEvent
{
    public required EventPosition Position { get; init; }

    /// <summary>The piece without the space around it, or its head where it was too long to hold.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    public required long Length { get; init; }

    /// <summary>Set where the piece is known to be broken without decoding it.</summary>
    public Rejection Rejection { get; init; }
}
