using System.Collections.Concurrent;
using Azure.Storage.Blobs;

namespace Guard.Azure.Checkpoints;

/// <summary>One owner's holds on the positions of an event hub's partitions. Safe for concurrent use: each partition's calls come one after the other.</summary>
/// <param name="container">The container of checkpoints; it must exist.</param>
/// <param name="consumer">Who reads what.</param>
/// <param name="owner">This owner's name, unlike every other's, such as the silo's.</param>
public sealed class PartitionCheckpoints(BlobContainerClient container, HubConsumer consumer, string owner) : IDisposable
{
    private readonly ConcurrentDictionary<string, Turn> _partitions = new(StringComparer.Ordinal);

    /// <inheritdoc cref="PartitionCheckpoint.LoadAsync"/>
    /// <param name="partition">The partition's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<PartitionPosition?> LoadAsync(string partition, CancellationToken cancellationToken = default) =>
        TurnOf(partition).TakeAsync(checkpoint => checkpoint.LoadAsync(cancellationToken), cancellationToken);

    /// <inheritdoc cref="PartitionCheckpoint.CommitAsync"/>
    /// <param name="partition">The partition's id.</param>
    /// <param name="position">The position.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<CommitOutcome> CommitAsync(string partition, PartitionPosition position, CancellationToken cancellationToken = default) =>
        TurnOf(partition).TakeAsync(checkpoint => checkpoint.CommitAsync(position, cancellationToken), cancellationToken);

    /// <inheritdoc cref="PartitionCheckpoint.DiscardAsync"/>
    /// <param name="partition">The partition's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<bool> DiscardAsync(string partition, CancellationToken cancellationToken = default) =>
        TurnOf(partition).TakeAsync(checkpoint => checkpoint.DiscardAsync(cancellationToken), cancellationToken);

    /// <summary>Lets go; what is under way may still end.</summary>
    public void Dispose()
    {
        foreach (var turn in _partitions.Values)
        {
            turn.Dispose();
        }
    }

    private Turn TurnOf(string partition) => _partitions.GetOrAdd(partition, static (id, of) => new Turn(new PartitionCheckpoint(of.container, of.consumer, id, of.owner)), (container, consumer, owner));

    private sealed class Turn(PartitionCheckpoint checkpoint) : IDisposable
    {
        private readonly SemaphoreSlim _gate = new(1);

        public async ValueTask<T> TakeAsync<T>(Func<PartitionCheckpoint, ValueTask<T>> call, CancellationToken cancellationToken)
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                return await call(checkpoint);
            }
            finally
            {
                _gate.Release();
            }
        }

        public void Dispose() => _gate.Dispose();
    }
}
