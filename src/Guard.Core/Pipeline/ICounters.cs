using Guard.Core.Clicks;

namespace Guard.Core.Pipeline;

/// <summary>Counts clicks, wherever the shards live: on this machine's threads or behind a cluster's grains.</summary>
public interface ICounters
{
    /// <summary>Applies a batch's clicks in order, and reads the counters of each as of that click.</summary>
    /// <param name="batch">An ordered batch of one partition.</param>
    /// <param name="readings">One row a click, resized by the caller; written.</param>
    /// <param name="cancellationToken">Stops waiting; shards already called have counted.</param>
    ValueTask CountAsync(EventBatch batch, CounterReadings readings, CancellationToken cancellationToken = default);
}
