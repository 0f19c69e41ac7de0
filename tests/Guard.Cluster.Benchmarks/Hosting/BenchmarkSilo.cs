using System.Net;
using System.Net.Sockets;
using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using ClusterOptions = Guard.Grains.ClusterOptions;

namespace Guard.Cluster.Benchmarks.Hosting;

/// <summary>One silo in this process, with Guard's grains and those of the benchmarks, which saves only what a benchmark asks it to.</summary>
internal sealed class BenchmarkSilo : IAsyncDisposable
{
    /// <summary>When the hub is said to have taken each message, in Unix milliseconds: 2030, after the time of every event.</summary>
    public const long Enqueued = 1_893_456_000_000;

    // A machine that stands still for a while ends no run.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly IHost _host;

    private BenchmarkSilo(IHost host, int gatewayPort) => (_host, GatewayPort) = (host, gatewayPort);

    /// <summary>Gets the port at which clients of other processes call.</summary>
    public int GatewayPort { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Gets the way to grains for what runs in the silo's process and not in a grain.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts a silo.</summary>
    /// <param name="artifacts">Where state, models and decisions are kept.</param>
    /// <param name="hash">Makes keys of users and addresses.</param>
    /// <param name="configure">Sets options beside those that are not measured.</param>
    public static async Task<BenchmarkSilo> StartAsync(IArtifactStore artifacts, KeyedHash hash, Action<ClusterOptions>? configure = null)
    {
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.Configure<EndpointOptions>(endpoints =>
            {
                endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, siloPort);
                endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Loopback, gatewayPort);
            });
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = s_patience);
            silo.AddGuardGrains(options =>
            {
                (options.CommitEvery, options.SaveEvery) = (TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));
                configure?.Invoke(options);
            });
            silo.AddArtifactGrainStorage();
            silo.Services.AddSingleton(artifacts);
            silo.Services.AddSingleton(hash);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new BenchmarkSilo(host, gatewayPort);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
