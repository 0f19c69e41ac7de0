using Microsoft.Extensions.Logging;

namespace Guard.Grains.Ingest;

internal sealed partial class IngestGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Partition {Partition} begins after message {Last}; decided up to {Decided}.")]
    private partial void LogStarted(int partition, long last, long decided);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} went without moving its committed position ({Reason}); the next activation replays.")]
    private partial void LogUncommitted(int partition, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition}: the stream failed to deliver ({Reason}); what is missing is read from the hub.")]
    private partial void LogStreamError(int partition, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} gives up after message {Last} ({Reason}) and begins again at its committed position.")]
    private partial void LogGivenUp(int partition, long last, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition}: the hub no longer holds messages {First} to {Last}; they were never decided. Lengthen its retention, or find why reading fell behind.")]
    private partial void LogExpired(int partition, long first, long last);
}
