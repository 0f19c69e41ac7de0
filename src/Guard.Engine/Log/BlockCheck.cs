namespace Guard.Engine.Log;

/// <summary>What stands at an offset of a segment.</summary>
internal enum BlockCheck
{
    /// <summary>A block whose checksums hold.</summary>
    Intact,

    /// <summary>Nothing: the segment ends here.</summary>
    End,

    /// <summary>The beginning of a block; the segment ends within it.</summary>
    Incomplete,

    /// <summary>Bytes that are no block, or not the one that was written.</summary>
    Damaged,
}
