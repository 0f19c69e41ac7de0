namespace Guard.Engine.Log;

/// <summary>Whether a log can write.</summary>
public enum LogCondition
{
    /// <summary>It writes.</summary>
    Writing,

    /// <summary>The disk is full: what waits is kept, and tried again until there is space.</summary>
    DiskFull,

    /// <summary>The disk failed: what waits is kept, and tried again on a file opened anew.</summary>
    Failing,

    /// <summary>What was durable can no longer be read back. The log writes no more until it is opened again.</summary>
    Failed,
}
