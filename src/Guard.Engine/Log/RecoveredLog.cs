namespace Guard.Engine.Log;

/// <summary>What recovery found intact.</summary>
/// <param name="Segments">The segments in order.</param>
/// <param name="Tail">The segment that goes on; <see langword="null"/> where a new one begins.</param>
/// <param name="Next">The position that the next block gets.</param>
/// <param name="NextNumber">The number behind the last click.</param>
/// <param name="LastChecksum">The checksum that the next block names; 0 where it follows a gap.</param>
internal sealed record RecoveredLog(SegmentList Segments, Segment? Tail, long Next, long NextNumber, uint LastChecksum);
