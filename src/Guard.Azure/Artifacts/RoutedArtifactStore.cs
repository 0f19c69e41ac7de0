using Guard.Core.Lifecycle;

namespace Guard.Azure.Artifacts;

/// <summary>
/// One store over several, chosen by a path's first folder: models and thresholds, which are kept with all their versions,
/// apart from what is overwritten every few seconds or deleted after a time.
/// </summary>
/// <param name="folders">The store of each first folder.</param>
/// <param name="others">The store of all other paths.</param>
public sealed class RoutedArtifactStore(IReadOnlyDictionary<string, IArtifactStore> folders, IArtifactStore others) : IArtifactStore
{
    /// <inheritdoc/>
    public ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default) => StoreOf(path).ReadAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) => StoreOf(path).CreateAsync(path, content, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default) =>
        StoreOf(path).ReplaceAsync(path, content, expectedETag, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default) => StoreOf(path).DeleteAsync(path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken = default) => StoreOf(folder).ListAsync(folder, cancellationToken);

    private IArtifactStore StoreOf(string path) => folders.GetValueOrDefault(ArtifactPath.Split(path)[0], others);
}
