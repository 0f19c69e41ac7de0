using Azure.Storage.Blobs;

namespace Guard.Cluster.Torture.Backups;

/// <summary>A cluster's container of state, copied blob by blob into another one, as <c>az storage copy</c> does.</summary>
/// <param name="connectionString">How to reach the account.</param>
/// <param name="container">The container.</param>
internal sealed class ContainerBackup(string connectionString, string container) : IStateBackup
{
    private readonly BlobContainerClient _state = new(connectionString, container);
    private readonly BlobContainerClient _copy = new(connectionString, $"{container}-backup");

    public async Task TakeAsync(CancellationToken cancellation)
    {
        await _copy.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await CopyAsync(_state, _copy, cancellation);
    }

    public async Task RestoreAsync(CancellationToken cancellation)
    {
        await foreach (var blob in _state.GetBlobsAsync(cancellationToken: cancellation))
        {
            await _state.DeleteBlobAsync(blob.Name, cancellationToken: cancellation);
        }

        await CopyAsync(_copy, _state, cancellation);
    }

    private static async Task CopyAsync(BlobContainerClient from, BlobContainerClient to, CancellationToken cancellation)
    {
        await foreach (var blob in from.GetBlobsAsync(cancellationToken: cancellation))
        {
            var content = await from.GetBlobClient(blob.Name).DownloadContentAsync(cancellation);
            await to.GetBlobClient(blob.Name).UploadAsync(content.Value.Content, overwrite: true, cancellation);
        }
    }
}
