using Guard.Core.Lifecycle;

namespace Guard.Silo.Storage;

/// <summary>One store of two: models and thresholds, which have versions and are kept, in one; what is overwritten every few seconds in the other.</summary>
/// <param name="versions">Holds what lies below <c>models</c> and <c>thresholds</c>.</param>
/// <param name="state">Holds everything else.</param>
internal sealed class RoutedArtifactStore(IArtifactStore versions, IArtifactStore state) : IArtifactStore
{
    /// <inheritdoc/>
    public ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default) => Of(path).ReadAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Of(path).CreateAsync(path, content, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default) =>
        Of(path).ReplaceAsync(path, content, expectedETag, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken = default) => Of(folder).ListAsync(folder, cancellationToken);

    private IArtifactStore Of(string path) => ArtifactPath.Split(path)[0] is "models" or "thresholds" ? versions : state;
}
