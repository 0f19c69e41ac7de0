namespace Guard.Core.Clicks;

/// <summary>Where an event stands in what it was read from.</summary>
/// <param name="Origin">The file or stream.</param>
/// <param name="Line">The line, from 1; 0 where the origin has no lines.</param>
/// <param name="Offset">The event's first byte, counted from 0 in the uncompressed content, or the origin's own offset.</param>
public readonly record struct EventPosition(string Origin, long Line, long Offset);
