namespace Guard.Grains.Ingest;

/// <summary>
/// Where a partition's committed position is told to those outside, such as the stream's reader and the autoscaler: the
/// state that goes with it was saved before. Safe for concurrent use.
/// </summary>
public interface ICommittedPositions
{
    /// <summary>Reads a partition's position; <see langword="null"/> before the first.</summary>
    ValueTask<HubPosition?> LoadAsync(int partition, CancellationToken cancellationToken = default);

    /// <summary>Moves a partition's position ahead; one that is behind changes nothing.</summary>
    ValueTask CommitAsync(int partition, HubPosition position, CancellationToken cancellationToken = default);
}
