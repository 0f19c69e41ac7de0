using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Guard.Grains.Tests;

/// <summary>A cluster of silos in this process that keep their state in files of one folder.</summary>
internal sealed class GuardCluster : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private GuardCluster(short silos, Action<ISiloBuilder>? configure, int shards)
    {
        Artifacts = new FileArtifactStore(_folder.Path);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddGuardGrains(options =>
            {
                options.Shards = shards;
                options.CommitEvery = TimeSpan.FromMinutes(10);
                options.SaveEvery = TimeSpan.FromHours(1);
            });
            silo.AddArtifactGrainStorage();
            silo.Services.AddSingleton<IArtifactStore>(Artifacts);
            silo.Configure<ClusterMembershipOptions>(options => options.NumVotesForDeathDeclaration = 1);
            configure?.Invoke(silo);
        });
        Silos = builder.Build();
    }

    public IArtifactStore Artifacts { get; }

    public InProcessTestCluster Silos { get; }

    public IGrainFactory Grains => Silos.Client;

    public static ClusterOptions Options(int shards) => new() { Shards = shards };

    public static async Task<GuardCluster> StartAsync(short silos = 2, Action<ISiloBuilder>? configure = null, int shards = 4)
    {
        var cluster = new GuardCluster(silos, configure, shards);
        await cluster.Silos.DeployAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        _folder.Dispose();
    }
}
