using Guard.Core.Clicks;

namespace Guard.Core.Pipeline;

/// <summary>An ordered stream of events of one partition, filled in by a host. Read by one reader at a time.</summary>
public interface IEventSource
{
    /// <summary>Empties the batch and fills it with the events that come next.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="maximum">The greatest number of events, of all kinds together; at least 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns><see langword="true"/> where the batch holds events, <see langword="false"/> at the end of the stream, with an empty batch.</returns>
    ValueTask<bool> ReadAsync(EventBatch batch, int maximum, CancellationToken cancellationToken = default);
}
