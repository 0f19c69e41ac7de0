using Guard.Core.Lifecycle;
using Guard.Grains.Ingest;
using Microsoft.Extensions.Hosting;

namespace Guard.Silo.Tests.Hosting;

public sealed class TestSiloTests
{
    [Fact]
    public async Task A_silo_that_was_let_go_has_stopped_so_that_its_folder_can_be_removed()
    {
        using var folder = new TemporaryFolder();
        var silo = await TestSilo.StartAsync(folder.Path);
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        var stopped = silo.Service<IHostApplicationLifetime>().ApplicationStopped;
        await silo.Service<IGrainFactory>().GetGrain<IIngestGrain>("0").DeliverAsync(HubTraffic.Messages(1, 500));

        await silo.DisposeAsync();

        Assert.True(stopped.IsCancellationRequested);
    }
}
