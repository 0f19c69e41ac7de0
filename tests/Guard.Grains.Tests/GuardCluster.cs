using System.Text;
using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Grains.Deciding;
using Guard.Grains.Hosting;
using Guard.Grains.Ingest;
using Guard.Grains.Intake;
using Guard.Grains.Scoring;
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
                options.Watching.MetricsEvery = TimeSpan.FromMinutes(5);
            });
            silo.AddGuardIntake();
            silo.AddArtifactGrainStorage();
            silo.AddGuardWatching();
            silo.Services.AddSingleton<IArtifactStore>(Artifacts);
            silo.Services.AddSingleton(HubTraffic.Hash);
            silo.Services.AddSingleton<IHubReader>(Hub);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                // A killed silo is found out within seconds, so that a test does not wait for half a minute.
                (options.NumVotesForDeathDeclaration, options.NumMissedProbesLimit, options.ProbeTimeout) = (1, 2, TimeSpan.FromSeconds(1));
            });
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Configure<PolicyOptions>(options => options.PollEvery = TimeSpan.FromMilliseconds(100));
            configure?.Invoke(silo);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10)));
        Silos = builder.Build();
    }

    public IArtifactStore Artifacts { get; }

    public InProcessTestCluster Silos { get; }

    public HubLog Hub { get; } = new();

    public IGrainFactory Grains => Silos.Client;

    public static ClusterOptions Options(int shards) => new() { Shards = shards };

    public IIngestGrain Partition => Grains.GetGrain<IIngestGrain>("0");

    /// <summary>Gets the segments of all decisions.</summary>
    public DecisionSegments Segments => Silos.GetSiloServiceProvider().GetRequiredService<DecisionSegments>();

    /// <summary>Gets what a silo that lives offers.</summary>
    public T Service<T>()
        where T : notnull => Silos.GetSiloServiceProvider(Silos.Silos[0].SiloAddress).GetRequiredService<T>();

    /// <summary>Delivers messages as the pulling agent does: what fails is tried again.</summary>
    public async Task DeliverAsync(IEnumerable<HubMessage> messages, int batchSize, int partition = 0)
    {
        var retries = new Retries(TimeProvider.System, TimeSpan.FromMinutes(1));
        foreach (var part in messages.Chunk(batchSize))
        {
            await retries.RunAsync(
                async () =>
                {
                    await Grains.GetGrain<IIngestGrain>($"{partition}").DeliverAsync(part);
                    return true;
                },
                CancellationToken.None);
        }
    }

    /// <summary>Gets all decisions as CloudEvents, one a line.</summary>
    public async Task<string> DecisionsAsync()
    {
        var text = new StringBuilder();
        await foreach (var segment in Segments.ReadAsync())
        {
            text.Append(Encoding.UTF8.GetString(segment.Events));
        }

        return text.ToString();
    }

    /// <summary>Kills the silo on which a grain lives.</summary>
    public async Task KillHostOfAsync(IAddressable grain)
    {
        var host = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        await Silos.KillSiloAsync(Silos.GetSiloForAddress(host!)!);
    }

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
