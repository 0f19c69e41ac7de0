namespace Guard.Core.Lifecycle;

/// <summary>
/// Where versions of models and thresholds are kept: immutable artifacts, and small pointers that move by compare-and-swap.
/// Paths are relative, separated by <c>/</c>, such as <c>models/clicks/2026-01-04-3f9a1c2b/card.json</c>.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Reads an artifact whole, or gets <see langword="null"/> where there is none.</summary>
    ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Writes an immutable artifact; a reader sees all of it or nothing.</summary>
    /// <returns><see langword="false"/> where the same content stands there already.</returns>
    /// <exception cref="ArtifactConflictException">Other content stands at the path.</exception>
    ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Replaces what stands at a path if it is still what the caller read.</summary>
    /// <param name="path">The path.</param>
    /// <param name="content">The new content.</param>
    /// <param name="expectedETag">The entity tag that was read; <see langword="null"/> where there was nothing.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The new entity tag, or <see langword="null"/> where somebody else was faster.</returns>
    ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Deletes an artifact that nobody needs any more; where there is none, nothing happens.</summary>
    ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Lists the paths below a folder, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken = default);
}
