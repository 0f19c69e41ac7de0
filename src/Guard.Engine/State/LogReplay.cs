using System.Runtime.ExceptionServices;
using Guard.Core.Pipeline;
using Guard.Engine.Log;

namespace Guard.Engine.State;

/// <summary>
/// Brings a state to where a log ends. Many blocks are replayed at a time, and side by side what does not depend on each other: duplicates
/// and numbers, shards, what watches, and reading the blocks that come next. Each of them sees all blocks in order.
/// </summary>
internal static class LogReplay
{
    /// <summary>Some ten thousand clicks, so that a shard finds many of its own among them.</summary>
    private const int UsualPayloadBytes = 8 << 20;

    /// <summary>Applies blocks to every part that does not hold their effect yet.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cursor">Where the log is read, at the state's <see cref="EngineState.ReplayFrom"/>.</param>
    /// <param name="end">The position before which to stop.</param>
    /// <param name="payloadBytes">How much of the log is replayed at a time.</param>
    /// <param name="cancellationToken">Gives it up; the state is then of no use.</param>
    /// <returns>How many blocks there were.</returns>
    /// <exception cref="InvalidDataException">A block is whole and contradicts itself.</exception>
    public static long Run(EngineState state, LogCursor cursor, long end = long.MaxValue, int payloadBytes = UsualPayloadBytes, CancellationToken cancellationToken = default)
    {
        var (batch, next, readings, blocks) = (new ReplayBatch(payloadBytes), new ReplayBatch(payloadBytes), new CounterReadings(), 0L);
        for (batch.Read(cursor, end); batch.Count > 0; (batch, next) = (next, batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(() => state.ReplayCounters(batch, readings), () => next.Read(cursor, end), () => state.ReplayIntake(batch), () => state.ReplayWatching(batch));
            blocks += batch.Count;
        }

        return blocks;
    }

    private static void Run(params Action[] works)
    {
        try
        {
            Parallel.Invoke(works);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
