using System.Collections.Concurrent;

namespace Guard.Grains.Ingest;

/// <summary>
/// Moves the committed positions of a silo's partitions before the silo stops, while shards still answer: once grains are
/// being deactivated it is too late, and the next owner would replay. Safe for concurrent use.
/// </summary>
/// <param name="grains">Finds the partitions.</param>
internal sealed class LocalPartitions(IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ConcurrentDictionary<string, bool> _partitions = new(StringComparer.Ordinal);

    public void Add(string partition) => _partitions[partition] = true;

    public void Remove(string partition) => _partitions.TryRemove(partition, out _);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(LocalPartitions), ServiceLifecycleStage.Active, static _ => Task.CompletedTask, CommitAsync);

    private Task CommitAsync(CancellationToken cancellationToken) => Task.WhenAll(_partitions.Keys.Select(async partition =>
        await grains.GetGrain<IIngestGrain>(partition).CommitAsync().WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)));
}
