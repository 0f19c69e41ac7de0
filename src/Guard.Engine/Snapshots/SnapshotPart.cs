namespace Guard.Engine.Snapshots;

/// <summary>What a snapshot says of one part.</summary>
/// <param name="Part">Which.</param>
/// <param name="Position">The position of the first block of the log whose effect it does not hold.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Checksum">Their CRC-32C.</param>
internal readonly record struct SnapshotPart(int Part, long Position, long Length, uint Checksum);
