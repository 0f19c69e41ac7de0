using Guard.Core.Hosting;
using Guard.Grains.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Hosting;

/// <summary>Lets a silo tell of the cluster's traffic, streams and alerts.</summary>
public static class GuardWatchingExtensions
{
    /// <summary>Fills <see cref="ITraffic"/>, <see cref="IStreams"/> and <see cref="IAlertEvents"/> over the grains that <see cref="GuardSiloExtensions.AddGuardGrains"/> added.</summary>
    public static ISiloBuilder AddGuardWatching(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddSingleton<KeyCounts>();
        silo.Services.AddSingleton<ITraffic, ClusterTraffic>();
        silo.Services.AddSingleton<IStreams, ClusterStreams>();
        silo.Services.AddSingleton<IAlertEvents, ClusterAlertEvents>();
        silo.Services.AddHostedService<MetricsPulse>();
        return silo;
    }
}
