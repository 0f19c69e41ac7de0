using Guard.Core.Clicks;

namespace Guard.Grains.Ingest;

/// <summary>One event of a message.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Json">The CloudEvent, or what was rejected as it came.</param>
/// <param name="Rejection">What is known to be wrong before decoding; the default value is "nothing".</param>
public readonly record struct HubEvent(EventPosition Position, ReadOnlyMemory<byte> Json, Rejection Rejection = default);
