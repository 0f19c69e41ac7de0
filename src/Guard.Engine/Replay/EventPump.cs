using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Engine.Replay;

/// <summary>Moves a source's events to a consumer in batches, in order; the next batch is decoded while the last one is consumed.</summary>
public static class EventPump
{
    /// <summary>The number of events of a full batch: large enough that a batch's fixed costs vanish, small enough to stay in the cache.</summary>
    public const int DefaultBatchSize = 2048;

    /// <summary>Pumps until the source ends.</summary>
    /// <param name="source">The events.</param>
    /// <param name="consume">Takes each batch; it must be done with it when the call ends.</param>
    /// <param name="batchSize">The most events of a batch.</param>
    /// <param name="cancellationToken">Stops after the batch at hand.</param>
    /// <returns>The number of clicks.</returns>
    public static async Task<long> RunAsync(
        IEventSource source,
        Func<EventBatch, CancellationToken, ValueTask> consume,
        int batchSize = DefaultBatchSize,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(consume);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var (current, next) = (new EventBatch(), new EventBatch());
        var clicks = 0L;
        var filled = await source.ReadAsync(current, batchSize, cancellationToken);
        while (filled)
        {
            var target = next;
            var reading = Task.Run(async () => await source.ReadAsync(target, batchSize, cancellationToken), cancellationToken);
            try
            {
                clicks += current.Clicks.Length;
                await consume(current, cancellationToken);
            }
            finally
            {
                // The source is never left with a read in flight, also where the consumer failed.
                filled = await reading;
            }

            (current, next) = (next, current);
        }

        return clicks;
    }
}
