using Azure.Storage.Blobs;
using Guard.Azure.Tests.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Guard.Azure.Tests.Azurite;

/// <summary>One emulator of Azure's blobs for all tests of the assembly, or the reason why there is none.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _process;
    private string? _absence;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _process = await AzuriteProcess.StartAsync(TestContext.Current.CancellationToken);
        }
        catch (AzuriteAbsentException absent)
        {
            _absence = absent.Message;
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Gets how to reach the emulator; skips the test where there is none.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_absence is not null, _absence ?? "");
            return _process!.ConnectionString;
        }
    }

    /// <summary>Makes a container of a test's own; skips the test where there is no emulator.</summary>
    public BlobContainerClient NewContainer()
    {
        var container = new BlobContainerClient(ConnectionString, $"t{Guid.NewGuid():N}");
        container.Create(cancellationToken: TestContext.Current.CancellationToken);
        return container;
    }

    /// <summary>Opens a container again, over another client.</summary>
    public BlobContainerClient Reopen(BlobContainerClient container, BlobClientOptions options) => new(ConnectionString, container.Name, options);
}
