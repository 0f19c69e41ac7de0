using Azure.Identity;
using Azure.Storage.Blobs;
using Guard.Azure.Storage;
using Guard.Azure.Tests.Azurite;

namespace Guard.Azure.Tests.Storage;

public sealed class BlobContainersTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_is_there_opens()
    {
        var container = azurite.NewContainer();

        var opened = await BlobContainers.OpenAsync(Options(container.Name), cancellationToken: Cancellation);

        Assert.Equal(container.Uri, opened.Uri);
    }

    [Fact]
    public async Task A_missing_container_is_refused_with_the_mend()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await BlobContainers.OpenAsync(Options("absent"), cancellationToken: Cancellation));

        Assert.Contains("CreateContainer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_container_is_made_where_the_options_say_so()
    {
        var options = Options($"t{Guid.NewGuid():N}") with { CreateContainer = true };

        await BlobContainers.OpenAsync(options, cancellationToken: Cancellation);

        Assert.True(await new BlobContainerClient(azurite.ConnectionString, options.Container).ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_with_the_role_to_give()
    {
        var container = azurite.NewContainer();
        var wrong = Options(container.Name) with { ConnectionString = azurite.ConnectionString.Replace("AccountKey=E", "AccountKey=F", StringComparison.Ordinal) };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await BlobContainers.OpenAsync(wrong, cancellationToken: Cancellation));
        Assert.Contains("Storage Blob Data Contributor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_refused_without_being_repeated()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await BlobContainers.OpenAsync(Options("guard") with { ConnectionString = "AccountKey-c2VjcmV0" }, cancellationToken: Cancellation));

        Assert.DoesNotContain("c2VjcmV0", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CredentialKind.Default, typeof(DefaultAzureCredential))]
    [InlineData(CredentialKind.ManagedIdentity, typeof(ManagedIdentityCredential))]
    [InlineData(CredentialKind.WorkloadIdentity, typeof(WorkloadIdentityCredential))]
    public void The_options_choose_the_credential(CredentialKind kind, Type expected) =>
        Assert.IsType(expected, BlobContainers.CredentialOf(new BlobStorageOptions { Credential = kind, ClientId = "b1a2c3d4-0000-4000-8000-000000000001" }));

    private BlobStorageOptions Options(string container) => new() { ConnectionString = azurite.ConnectionString, Container = container };
}
