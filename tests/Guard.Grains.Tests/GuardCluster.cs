using Guard.Core.Hosting;
using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Grains.Deciding;
using Guard.Grains.Hosting;
using Guard.Grains.Ingest;
using Guard.Grains.Intake;
using Guard.Grains.Reading;
using Guard.Grains.Scoring;
using Guard.Grains.Tests.Reading;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Guard.Grains.Tests;

/// <summary>A cluster of silos in this process that keep their state in files of one folder.</summary>
internal sealed class GuardCluster : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();

    private GuardCluster(short silos, Action<ISiloBuilder>? configure, int shards, Func<IArtifactStore, IArtifactStore>? store, bool hasHub)
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
            silo.AddGuardReading();
            silo.AddGuardIntake();
            silo.AddArtifactGrainStorage();
            silo.AddGuardWatching();
            silo.Services.AddSingleton(store?.Invoke(Artifacts) ?? Artifacts);
            silo.Services.AddSingleton(HubTraffic.Hash);
            if (hasHub)
            {
                silo.Services.AddSingleton<IHubReader>(Hub);
            }

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
        foreach (var part in messages.Chunk(batchSize))
        {
            var start = TimeProvider.System.GetTimestamp();
            while (true)
            {
                try
                {
                    await Grains.GetGrain<IIngestGrain>($"{partition}").DeliverAsync(part);
                    break;
                }
                catch (Exception) when (TimeProvider.System.GetElapsedTime(start) < s_patience)
                {
                    await Task.Delay(20);
                }
            }
        }
    }

    /// <summary>Gets all decisions as CloudEvents, one a line, as the segments hold them.</summary>
    public async Task<string> DecisionsAsync()
    {
        var explainer = Silos.GetSiloServiceProvider().GetRequiredService<DecisionExplainer>();
        var decisions = new List<KeptDecision>();
        await foreach (var segment in Segments.ReadAsync())
        {
            var numbered = new NumberedSegment(1, segment);
            for (var row = 0; row < numbered.Count; row++)
            {
                decisions.Add(await explainer.ReadAsync(numbered, row, whole: false, TestContext.Current.CancellationToken));
            }
        }

        return DecisionReads.Text(decisions);
    }

    /// <summary>Waits until what is decided has its numbers, as all silos come to know.</summary>
    public async Task NumberedAsync(int partition = 0)
    {
        var clicks = (await Grains.GetGrain<IIngestGrain>($"{partition}").StatusAsync()).Clicks;
        await Task.WhenAll(Silos.Silos.Select(silo => DecisionsOf(silo).WaitAsync(clicks - 1, TestContext.Current.CancellationToken).AsTask()))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>Gets the decisions as a silo reads them.</summary>
    public IDecisionLog DecisionsOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IDecisionLog>();

    /// <summary>Kills the silo on which a grain lives.</summary>
    public async Task KillHostOfAsync(IAddressable grain)
    {
        var host = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        await Silos.KillSiloAsync(Silos.GetSiloForAddress(host!)!);
    }

    /// <summary>Starts a cluster.</summary>
    /// <param name="silos">How many silos it has.</param>
    /// <param name="configure">Sets options of each.</param>
    /// <param name="shards">How many shards of each kind there are.</param>
    /// <param name="store">Makes the store that silos see of the one that keeps.</param>
    /// <param name="hasHub">Whether there is a hub beside what comes over HTTP.</param>
    public static async Task<GuardCluster> StartAsync(
        short silos = 2, Action<ISiloBuilder>? configure = null, int shards = 4, Func<IArtifactStore, IArtifactStore>? store = null, bool hasHub = true)
    {
        var cluster = new GuardCluster(silos, configure, shards, store, hasHub);
        await cluster.Silos.DeployAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        _folder.Dispose();
    }
}
