using Guard.Core.Clicks;

namespace Guard.Core.Pipeline;

/// <summary>Takes decisions on, in click order.</summary>
public interface IDecisionSink
{
    /// <summary>Takes a decided batch. Both batches are reused afterwards: what must last is copied before the call ends.</summary>
    ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default);
}
