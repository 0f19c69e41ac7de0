using Microsoft.Extensions.Logging;

namespace Guard.Engine.Log;

internal sealed partial class LogJournal
{
    [LoggerMessage(1, LogLevel.Information, "Opened the log in {Folder}: {Segments} segments, {Bytes} bytes, positions {First} to {Next}")]
    public partial void Opened(string folder, int segments, long bytes, long first, long next);

    [LoggerMessage(2, LogLevel.Warning, "{Fault} in {File} at byte {Offset}, position {Position}: {Done}")]
    private partial void Found(LogFault fault, string file, long offset, long position, string done);

    [LoggerMessage(3, LogLevel.Error, "{Folder}: the log's disk is full, {Bytes} bytes wait and nothing is lost; free some space: {Reason}")]
    public partial void Full(string folder, int bytes, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Folder}: the log's disk fails, {Bytes} bytes wait and are tried again in a file opened anew: {Reason}")]
    public partial void Failing(string folder, int bytes, string reason);

    [LoggerMessage(5, LogLevel.Critical, "{Folder}: the log takes no more: {Reason}")]
    public partial void Failed(Exception exception, string folder, string reason);

    [LoggerMessage(6, LogLevel.Information, "The log writes again after {Condition} since {Since}")]
    public partial void WritesAgain(LogCondition condition, DateTimeOffset since);

    [LoggerMessage(7, LogLevel.Information, "Dropped {File}, positions {First} to {End}, {Bytes} bytes: a snapshot covers it")]
    public partial void Dropped(string file, long first, long end, long bytes);

    [LoggerMessage(8, LogLevel.Warning, "The index of {File} is not written yet and stays in memory: {Reason}")]
    public partial void IndexNotWritten(string file, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{File} is given up after a failed flush; its durable part is checked and written once more, what waits goes to a new segment")]
    public partial void GivenUp(string file);

    [LoggerMessage(10, LogLevel.Warning, "Deleted {File}, {Bytes} bytes, set aside at {Since}: what is set aside is kept for {Age}, and the newest {Count} files of it")]
    public partial void AsideDeleted(string file, long bytes, DateTimeOffset since, TimeSpan age, int count);

    [LoggerMessage(11, LogLevel.Warning, "{File} was dropped, is not deleted yet and keeps its space until more is dropped or Guard starts again: {Reason}")]
    public partial void NotDeleted(string file, string reason);
}
