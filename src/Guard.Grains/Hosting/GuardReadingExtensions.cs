using Guard.Core.Hosting;
using Guard.Grains.Reading;
using Guard.Grains.Reading.Chunks;
using Guard.Grains.Reading.Index;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Hosting;

/// <summary>Lets a silo answer for decisions and users.</summary>
public static class GuardReadingExtensions
{
    /// <summary>Answers for decisions and users on this silo: <see cref="IDecisionLog"/> and <see cref="IUsers"/>.</summary>
    /// <param name="silo">The silo, with Guard's grains.</param>
    public static ISiloBuilder AddGuardReading(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var services = silo.Services;
        services.AddSingleton<DecisionExplainer>();
        services.AddSingleton<ClusterDecisions>();
        services.AddSingleton<IDecisionLog>(static provider => provider.GetRequiredService<ClusterDecisions>());
        services.AddSingleton<IUsers, ClusterUsers>();
        return silo;
    }

    /// <summary>Adds what grains need to number decisions and to read them again.</summary>
    internal static void AddDecisionIndex(this IServiceCollection services)
    {
        services.AddSingleton<LostSegments>();
        services.AddSingleton<IndexStore>();
        services.AddSingleton<DirectoryFollower>();
        services.AddHostedService(static provider => provider.GetRequiredService<DirectoryFollower>());
        services.AddSingleton<ChunkStore>();
        services.AddSingleton<KeptSegments>();
        services.AddSingleton<DecisionScan>();
        services.AddSingleton<DecisionFinder>();
    }
}
