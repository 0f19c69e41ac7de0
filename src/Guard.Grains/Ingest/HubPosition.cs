namespace Guard.Grains.Ingest;

/// <summary>A place in a partition.</summary>
/// <param name="SequenceNumber">The number of the last message that is done.</param>
/// <param name="Offset">Its place, as the hub spells it.</param>
public sealed record HubPosition(long SequenceNumber, string Offset);
