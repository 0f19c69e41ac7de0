using Guard.Azure.Checkpoints;
using Guard.Grains.Ingest;

namespace Guard.Silo.Hubs;

/// <summary>Committed positions as blobs in the layout that KEDA's scaler reads.</summary>
/// <param name="checkpoints">This silo's holds on them.</param>
internal sealed class BlobPositions(PartitionCheckpoints checkpoints) : ICommittedPositions
{
    /// <inheritdoc/>
    public async ValueTask<HubPosition?> LoadAsync(int partition, CancellationToken cancellationToken = default) =>
        await checkpoints.LoadAsync(partition.ToString(), cancellationToken) is { } position ? new HubPosition(position.SequenceNumber, position.Offset) : null;

    /// <inheritdoc/>
    public async ValueTask CommitAsync(int partition, HubPosition position, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(position);
        var id = partition.ToString();
        var committed = new PartitionPosition(position.SequenceNumber, position.Offset);
        await checkpoints.LoadAsync(id, cancellationToken);

        // Whoever else moved it meanwhile has saved the state that goes with it: the next owner stands where that says.
        while (await checkpoints.CommitAsync(id, committed, cancellationToken) == CommitOutcome.Superseded)
        {
            await checkpoints.LoadAsync(id, cancellationToken);
        }
    }
}
