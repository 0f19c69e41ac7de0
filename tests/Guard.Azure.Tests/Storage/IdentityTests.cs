using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Guard.Azure.Artifacts;
using Guard.Azure.Storage;
using Guard.Azure.Tests.Azurite;

namespace Guard.Azure.Tests.Storage;

public sealed class IdentityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_identity_opens_reads_and_writes_without_any_key()
    {
        using var identity = new TestIdentity();
        await using var azurite = await StartAsync(identity);
        using var http = identity.TrustingClient();
        var options = new BlobStorageOptions { ServiceUri = azurite.Address, Container = "guard", CreateContainer = true };

        var container = await BlobContainers.OpenAsync(options, identity, new BlobClientOptions { Transport = new HttpClientTransport(http) }, Cancellation);
        var store = new BlobArtifactStore(container);

        Assert.True(await store.CreateAsync("models/clicks/v1/card.json", new byte[] { 1 }, Cancellation));
        Assert.Equal([1], (await store.ReadAsync("models/clicks/v1/card.json", Cancellation))!.Content.ToArray());
        Assert.All(identity.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
        Assert.NotEmpty(identity.Scopes);
    }

    private static async Task<AzuriteProcess> StartAsync(TestIdentity identity)
    {
        try
        {
            return await AzuriteProcess.StartAsync(Cancellation, identity.EmulatorArguments);
        }
        catch (AzuriteAbsentException absent)
        {
            Assert.Skip(absent.Message);
            throw;
        }
    }
}
