namespace Guard.Azure.Checkpoints;

/// <summary>How far a partition has been read: the last event that is done.</summary>
/// <param name="SequenceNumber">Its sequence number, from 0; this orders positions.</param>
/// <param name="Offset">Its offset, as the event hub gave it; opaque, and comparable with nothing.</param>
public readonly record struct PartitionPosition(long SequenceNumber, string Offset);
