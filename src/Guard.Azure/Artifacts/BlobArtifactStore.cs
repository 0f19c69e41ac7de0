using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guard.Core.Lifecycle;

namespace Guard.Azure.Artifacts;

/// <summary>Artifacts as block blobs of one container. Any number of processes may share it.</summary>
/// <remarks>
/// A blob appears whole or not at all. Immutable artifacts are written on the condition that nothing stands there, pointers
/// on the condition of the entity tag that was read. Each write carries a mark of its own, so that a write which went
/// through while its answer was lost, and was then repeated, is not taken for somebody else's.
/// </remarks>
/// <param name="container">The container; it must exist.</param>
public sealed class BlobArtifactStore(BlobContainerClient container) : IArtifactStore
{
    private const string WriteMark = "guardwrite";

    /// <inheritdoc/>
    public async ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            var download = await Locate(path).DownloadContentAsync(cancellationToken);
            return new Artifact(download.Value.Content.ToMemory(), download.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (await WriteAsync(path, content, expectedETag: null, cancellationToken) is not null)
        {
            return true;
        }

        return await ReadAsync(path, cancellationToken) is { } existing && existing.Content.Span.SequenceEqual(content.Span)
            ? false
            : throw new ArtifactConflictException($"{path}: other content stands there already, and a version never changes; publish under a new version.");
    }

    /// <inheritdoc/>
    public ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default) =>
        WriteAsync(path, content, expectedETag, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default) =>
        await Locate(path).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prefix = string.Join('/', ArtifactPath.Split(folder)) + '/';

        // Accounts with a hierarchical namespace list folder by folder, which is not the ordinal order of the paths.
        var paths = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(prefix: prefix, cancellationToken: cancellationToken))
        {
            paths.Add(blob.Name);
        }

        paths.Sort(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            yield return path;
        }
    }

    private async ValueTask<string?> WriteAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken)
    {
        var blob = Locate(path);
        var mark = Guid.NewGuid().ToString("N");
        var options = new BlobUploadOptions
        {
            Conditions = expectedETag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(expectedETag) },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [WriteMark] = mark },
        };
        try
        {
            var written = await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
            return written.Value.ETag.ToString();
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return await MarkedAsync(blob, mark, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // What the caller read was removed since.
            return null;
        }
    }

    // The entity tag, if what stands there is this very write.
    private static async ValueTask<string?> MarkedAsync(BlobClient blob, string mark, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Value.Metadata.TryGetValue(WriteMark, out var found) && found == mark ? properties.Value.ETag.ToString() : null;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private BlobClient Locate(string path) => container.GetBlobClient(string.Join('/', ArtifactPath.Split(path)));
}
