using System.Text.Json;
using Guard.Core.Lifecycle;

namespace Guard.Grains.Ingest;

/// <summary>Committed positions as artifacts, one a partition, moved by compare-and-swap.</summary>
/// <param name="store">The store.</param>
public sealed class ArtifactPositions(IArtifactStore store) : ICommittedPositions
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">What stands there is no position.</exception>
    public async ValueTask<HubPosition?> LoadAsync(int partition, CancellationToken cancellationToken = default) =>
        await store.ReadAsync(PathOf(partition), cancellationToken) is { } artifact ? Read(partition, artifact) : null;

    /// <inheritdoc/>
    public async ValueTask CommitAsync(int partition, HubPosition position, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(position);
        while (true)
        {
            var artifact = await store.ReadAsync(PathOf(partition), cancellationToken);
            if (artifact is not null && Read(partition, artifact).SequenceNumber >= position.SequenceNumber)
            {
                return;
            }

            if (await store.ReplaceAsync(PathOf(partition), JsonSerializer.SerializeToUtf8Bytes(position), artifact?.ETag, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private static string PathOf(int partition) => $"positions/{partition}.json";

    private static HubPosition Read(int partition, Artifact artifact)
    {
        try
        {
            if (JsonSerializer.Deserialize<HubPosition>(artifact.Content.Span) is { Offset.Length: > 0 } position)
            {
                return position;
            }
        }
        catch (JsonException)
        {
            // Falls through to the one-line error.
        }

        throw new InvalidDataException($"{PathOf(partition)}: holds no position; remove it to read the partition from its earliest message.");
    }
}
