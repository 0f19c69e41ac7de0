using Guard.Core.Hosting;
using Guard.Grains.Calibrating;
using Guard.Grains.Hosting;
using Guard.Grains.Intake;
using Guard.Grains.Scoring;
using Guard.Server;
using Guard.Server.Alerts;
using Guard.Server.Console;
using Guard.Server.Telemetry;
using Guard.Silo.Configuration;
using Guard.Silo.Hubs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Guard.Silo.Hosting;

/// <summary>Puts a silo together: Orleans with Guard's grains, the HTTP server over them, and Orleans' dashboard, in one process.</summary>
internal static class SiloHost
{
    /// <summary>Where Orleans' dashboard is served.</summary>
    public const string DashboardPath = "/dashboard";

    /// <summary>What Orleans tells of itself.</summary>
    private static readonly TelemetrySource s_orleans = new("Microsoft.Orleans", "Microsoft.Orleans.*");

    /// <summary>Builds a silo that is not started yet.</summary>
    /// <param name="builder">The program, with its configuration and logging.</param>
    /// <param name="options">The silo's options, checked.</param>
    /// <param name="stores">What it keeps and reads outside itself; the silo disposes it.</param>
    /// <exception cref="SiloConfigurationException">A file that the options name does not do.</exception>
    public static WebApplication Build(WebApplicationBuilder builder, Configuration.SiloOptions options, SiloStores stores)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(_ => stores);
        services.AddSingleton(stores.Artifacts);
        services.AddSingleton(stores.Hash);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        services.AddHostedService<DrainDelay>();
        if (options.Clustering.Kind != ClusteringKind.Development)
        {
            // Before Orleans, which starts no further service until it has joined.
            services.AddHostedService<JoiningSigns>();
        }

        builder.UseOrleans(silo => Add(silo, options, stores));
        services.AddSingleton<SiloHealth>();
        services.AddSingleton<IHostHealth>(static provider => provider.GetRequiredService<SiloHealth>());
        services.AddSingleton(s_orleans);
        services.AddGuardServer(options.Server with { Listen = options.Addresses, Keys = SiloFiles.Keys(options) });
        if (options.Webhook is { } webhook)
        {
            services.AddAlertWebhook(webhook.ToOptions());
        }

        services.AddGuardConsole();
        var app = builder.Build();
        app.MapGuardApi();
        app.MapGuardConsole();
        StartupEndpoint.Map(app);
        Dashboard.Map(app, DashboardPath);
        return app;
    }

    private static void Add(ISiloBuilder silo, Configuration.SiloOptions options, SiloStores stores)
    {
        SiloClustering.Add(silo, options, stores);
        SiloEndpoints.Add(silo, options);
        silo.AddActivityPropagation();
        silo.Configure<LoadSheddingOptions>(shedding =>
            (shedding.LoadSheddingEnabled, shedding.CpuThreshold, shedding.MemoryThreshold) = (true, options.Shedding.CpuPercent, options.Shedding.MemoryPercent));
        silo.Configure<GrainCollectionOptions>(grains =>
        {
            grains.EnableActivationSheddingOnMemoryPressure = true;
            grains.MemoryUsageLimitPercentage = options.Shedding.ActivationPercent;
            grains.MemoryUsageTargetPercentage = options.Shedding.ActivationPercent - 5;
        });
        silo.AddDashboard(Dashboard.Configure);
        SiloHub.Add(silo, options, stores);
        silo.AddGuardGrains();
        silo.AddGuardReading();
        silo.AddGuardIntake();
        silo.AddArtifactGrainStorage();
        silo.AddGuardWatching();

        // What was read and checked is what holds, to the last option.
        silo.Services.Replace(ServiceDescriptor.Singleton(Options.Create(options.Grains)));
        silo.Services.Replace(ServiceDescriptor.Singleton(Options.Create(options.Calibration)));
        silo.AddStartupTask((services, _) => services.GetRequiredService<IGrainFactory>().GetGrain<ICalibrationGrain>(options.Policy.Name).ScheduleAsync());
        var (access, crawlers) = (SiloFiles.Access(options, stores.Hash), SiloFiles.Crawlers(options));
        silo.Configure<PolicyOptions>(policy =>
            (policy.Name, policy.PollEvery, policy.Access, policy.Crawlers) = (options.Policy.Name, options.Policy.PollEvery, access, crawlers));
    }
}
