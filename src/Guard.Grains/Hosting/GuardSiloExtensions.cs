using Guard.Core.Lifecycle;
using Guard.Grains.Calibrating;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Ingest;
using Guard.Grains.Intake;
using Guard.Grains.Reading;
using Guard.Grains.Scoring;
using Guard.Grains.Storage;
using Guard.Grains.Users;
using Guard.Grains.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Guard.Grains.Hosting;

/// <summary>Puts Guard's grains into a silo.</summary>
public static class GuardSiloExtensions
{
    /// <summary>Adds what the grains need beside an <see cref="IArtifactStore"/> and a <see cref="Core.Clicks.KeyedHash"/>, which the host registers.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Sets options.</param>
    public static ISiloBuilder AddGuardGrains(this ISiloBuilder silo, Action<ClusterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var services = silo.Services;
        services.AddValidated<ClusterOptions>(static options => options.Validate()).Configure(options => configure?.Invoke(options));
        services.AddValidated<PolicyOptions>(static options => options.Validate());
        services.AddValidated<CalibrationJobOptions>(static options => options.Validate());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PolicyCache>();
        services.AddHostedService(static provider =>
        {
            // Nobody asks for the instruments: they are there as soon as what they observe, and counters at 0 before the first loss.
            _ = provider.GetRequiredService<PolicyInstruments>();
            _ = provider.GetRequiredService<IngestInstruments>();
            _ = provider.GetRequiredService<ShardInstruments>();
            _ = provider.GetRequiredService<PurchaseInstruments>();
            _ = provider.GetRequiredService<LostSegments>();
            return provider.GetRequiredService<PolicyCache>();
        });
        services.AddSingleton<DecisionSegments>();
        services.AddDecisionIndex();
        services.AddSingleton<EventLog>();
        services.AddSingleton<UserOverrides>();
        services.AddSingleton<IngestInstruments>();
        services.AddSingleton<ShardInstruments>();
        services.AddSingleton<PolicyInstruments>();
        services.AddSingleton<PurchaseInstruments>();
        services.AddSingleton<LocalPartitions>();
        services.AddHostedService(static provider => provider.GetRequiredService<LocalPartitions>());
        services.AddHostedService<QuarantineRetention>();
        services.TryAddSingleton<IHubMapping, StructuredMapping>();
        services.TryAddSingleton<ICommittedPositions, ArtifactPositions>();
        return silo;
    }

    /// <summary>Keeps grain state in the artifact store.</summary>
    public static ISiloBuilder AddArtifactGrainStorage(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            GrainNames.Storage,
            static (services, _) => new ArtifactGrainStorage(
                services.GetRequiredService<IArtifactStore>(), ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(services)));
        return silo;
    }

    private static OptionsBuilder<TOptions> AddValidated<TOptions>(this IServiceCollection services, Action<TOptions> validate)
        where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new RangeValidator<TOptions>(validate));
        return services.AddOptions<TOptions>().ValidateOnStart();
    }
}
