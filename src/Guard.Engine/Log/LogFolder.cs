namespace Guard.Engine.Log;

/// <summary>What all parts of an open log share.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Options">The options.</param>
/// <param name="Time">The clock.</param>
/// <param name="Journal">Where faults are said.</param>
/// <param name="Open">Opens a file.</param>
internal sealed record LogFolder(string Path, PartitionLogOptions Options, TimeProvider Time, LogJournal Journal, Func<string, FileMode, FileAccess, SegmentFile> Open)
{
    public SegmentFile Read(Segment segment) => Open(segment.Path, FileMode.Open, FileAccess.Read);
}
