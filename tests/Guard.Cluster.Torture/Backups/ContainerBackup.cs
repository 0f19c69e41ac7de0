using Azure.Storage.Blobs;

namespace Guard.Cluster.Torture.Backups;

/// <summary>A cluster's container, copied blob by blob into another one, as <c>azcopy copy</c> does.</summary>
/// <param name="state">The container.</param>
/// <param name="copy">Where the copy goes, in this account or another.</param>
internal sealed class ContainerBackup(BlobContainerClient state, BlobContainerClient copy) : IStateBackup
{
    public async Task TakeAsync(CancellationToken cancellation)
    {
        await copy.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await CopyAsync(state, copy, cancellation);
    }

    public async Task RestoreAsync(CancellationToken cancellation)
    {
        await foreach (var blob in state.GetBlobsAsync(cancellationToken: cancellation))
        {
            await state.DeleteBlobAsync(blob.Name, cancellationToken: cancellation);
        }

        await CopyAsync(copy, state, cancellation);
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
