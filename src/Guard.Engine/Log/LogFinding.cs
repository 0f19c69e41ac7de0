namespace Guard.Engine.Log;

/// <summary>One fault of a log and what was done about it.</summary>
/// <param name="Fault">What was found.</param>
/// <param name="File">The file's name within the log's folder.</param>
/// <param name="Offset">Where in the file, in bytes.</param>
/// <param name="Position">The position of the first block that it concerns.</param>
/// <param name="Done">What was found and done, one sentence for the operator.</param>
public sealed record LogFinding(LogFault Fault, string File, long Offset, long Position, string Done);
