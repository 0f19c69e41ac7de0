using Guard.Engine.Hosting;
using Guard.Engine.Log;
using Guard.Engine.Snapshots;
using Microsoft.Extensions.Logging;

namespace Guard.Engine.State;

/// <summary>Brings the state back: the newest good snapshot, then the log behind it.</summary>
internal static partial class Recovery
{
    /// <summary>Recovers.</summary>
    /// <exception cref="InvalidDataException">A block of the log is whole and holds what this program did not write.</exception>
    public static (EngineState State, PartitionLog Log) Run(
        LocalHostOptions options, SnapshotFolder folder, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        folder.Prepare();
        var state = folder.Load(() => new EngineState(options.Intake, options.Shards));
        var from = state.ReplayFrom;
        var log = PartitionLog.Open(Path.Combine(options.Folder, "log"), from, options.Log, time, logger, options.OpenSegment);
        try
        {
            if (log.First > from)
            {
                LogGap(logger, from, log.First);
            }

            using var cursor = log.Read(from);
            var blocks = LogReplay.Run(state, cursor, cancellationToken: cancellationToken);

            // Where the log lost its end, shards of a snapshot may know clicks that it does not: their numbers are not given twice.
            state.Admission.SkipTo(Math.Max(log.NextNumber - 1, state.Counters.LastSequence(EngineState.Partition)));
            var (users, took) = (state.Counters.Users, time.GetElapsedTime(start));
            LogRecovered(logger, blocks, state.Admission.Sequence, users, took);
            return (state, log);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The log should go on at position {From} and begins at {First}: what lies between is missing from the counters")]
    private static partial void LogGap(ILogger logger, long from, long first);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Blocks} blocks were replayed up to click {Number}; {Users} users have counters; it took {Duration}")]
    private static partial void LogRecovered(ILogger logger, long blocks, long number, long users, TimeSpan duration);
}
