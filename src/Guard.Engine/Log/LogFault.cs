namespace Guard.Engine.Log;

/// <summary>What was found wrong with a log.</summary>
public enum LogFault
{
    /// <summary>The last block was not written to its end, as after a crash. It was never durable.</summary>
    TornTail,

    /// <summary>A block's bytes are not those that were written.</summary>
    DamagedBlock,

    /// <summary>A segment's header is not what was written; its name and its blocks stand in for it.</summary>
    DamagedHeader,

    /// <summary>Blocks between two segments, or before the first, are not there.</summary>
    MissingSegment,

    /// <summary>A segment holds nothing, not even its header.</summary>
    EmptySegment,

    /// <summary>A segment does not follow the one before it: it repeats positions, comes behind a break, or has another's name.</summary>
    MisplacedSegment,

    /// <summary>The index beside a closed segment is missing or damaged.</summary>
    DamagedIndex,

    /// <summary>The log ends before the position that a snapshot covers.</summary>
    EndsBeforeSnapshot,
}
