using Microsoft.Extensions.Logging;

namespace Guard.Grains.Counting;

public abstract partial class ShardGrain<TReading>
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} found its state saved by another activation; this one gives way, and partitions bring the other up to date.")]
    private partial void LogSuperseded(string shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} went without saving ({Reason}); partitions replay what is missing.")]
    private partial void LogUnsaved(string shard, string reason);
}
