using Guard.Core.Clicks;

namespace Guard.Grains.Ingest;

/// <summary>One event of a message.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Json">The CloudEvent, or what was rejected as it came.</param>
/// <param name="Rejection">What is known to be wrong before decoding; the default value is "nothing".</param>
/// <param name="Index">Which event of its message it is, from 0.</param>
/// <param name="Length">Its whole length in bytes, where more than <paramref name="Json"/> holds; else 0.</param>
public readonly record struct HubEvent(EventPosition Position, ReadOnlyMemory<byte> Json, Rejection Rejection = default, int Index = 0, long Length = 0);
