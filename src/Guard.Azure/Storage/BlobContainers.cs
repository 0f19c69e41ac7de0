using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guard.Azure.Storage;

/// <summary>Opens blob containers.</summary>
public static class BlobContainers
{
    /// <summary>Opens a container and sees that it is there, so that a wrong address, name or role shows at start.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="credential">Used in place of the one that the options name, such as one that a process shares among its clients.</param>
    /// <param name="client">Transport, retries and diagnostics; default: those of Azure's client.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">An option does not do; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The container is not there, or Guard may not read it.</exception>
    public static async ValueTask<BlobContainerClient> OpenAsync(
        BlobStorageOptions options, TokenCredential? credential = null, BlobClientOptions? client = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var container = Connect(options, credential, client);
        try
        {
            if (options.CreateContainer)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }

            // Reading the container's own properties would take more than the role that its blobs need.
            await foreach (var page in container.GetBlobsAsync(cancellationToken: cancellationToken).AsPages(pageSizeHint: 1))
            {
                break;
            }

            return container;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            throw new InvalidOperationException($"{container.Uri}: no such container; make it, or set CreateContainer.", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 401 or 403)
        {
            throw new InvalidOperationException($"{container.Uri}: not allowed ({exception.ErrorCode}); give the identity the role Storage Blob Data Contributor on the container.", exception);
        }
    }

    /// <summary>Makes the credential that options name.</summary>
    public static TokenCredential CredentialOf(BlobStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Credential switch
        {
            CredentialKind.WorkloadIdentity => new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions { ClientId = options.ClientId ?? Environment.GetEnvironmentVariable("AZURE_CLIENT_ID") }),
            CredentialKind.ManagedIdentity => new ManagedIdentityCredential(options.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned),
            _ => new DefaultAzureCredential(Defaults(options.ClientId)),
        };
    }

    private static BlobContainerClient Connect(BlobStorageOptions options, TokenCredential? credential, BlobClientOptions? client)
    {
        if (options.ServiceUri is { } address)
        {
            return new BlobServiceClient(address, credential ?? CredentialOf(options), client).GetBlobContainerClient(options.Container);
        }

        try
        {
            return new BlobContainerClient(options.ConnectionString, options.Container, client);
        }
        catch (FormatException exception)
        {
            throw new ArgumentException("The blob storage option ConnectionString does not do: give key=value pairs separated by semicolons, as the portal shows them.", nameof(options), exception);
        }
    }

    private static DefaultAzureCredentialOptions Defaults(string? clientId)
    {
        // The environment's own client id stays where none is configured.
        var defaults = new DefaultAzureCredentialOptions();
        if (clientId is not null)
        {
            defaults.ManagedIdentityClientId = clientId;
            defaults.WorkloadIdentityClientId = clientId;
        }

        return defaults;
    }
}
