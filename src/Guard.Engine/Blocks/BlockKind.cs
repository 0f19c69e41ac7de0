namespace Guard.Engine.Blocks;

/// <summary>What a block of the log holds: its first byte.</summary>
internal enum BlockKind : byte
{
    /// <summary>Events that were admitted together, and the decisions about the clicks among them.</summary>
    Decided = 1,

    /// <summary>What decides from here on.</summary>
    Policy = 2,
}
