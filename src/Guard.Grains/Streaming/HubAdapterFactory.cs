using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Statistics;
using Orleans.Streaming.EventHubs;
using Orleans.Streams;

namespace Guard.Grains.Streaming;

/// <summary>Orleans' Event Hubs adapter with Guard's stream layout, receiver and failure handler.</summary>
internal sealed class HubAdapterFactory : EventHubAdapterFactory
{
    public HubAdapterFactory(
        string name,
        EventHubOptions hub,
        EventHubReceiverOptions receiver,
        EventHubStreamCachePressureOptions pressure,
        StreamCacheEvictionOptions eviction,
        StreamStatisticOptions statistics,
        IEventHubDataAdapter adapter,
        IServiceProvider services,
        ILoggerFactory loggers,
        IEnvironmentStatisticsProvider environment)
        : base(name, hub, receiver, pressure, eviction, statistics, adapter, services, loggers, environment)
    {
        StreamFailureHandlerFactory = _ => Task.FromResult<IStreamFailureHandler>(ActivatorUtilities.CreateInstance<HubFailureHandler>(services));
        var options = services.GetRequiredService<HubStreamOptions>();
        var cached = services.GetRequiredService<CachedPartitions>();
        EventHubReceiverFactory = (settings, position, logger) =>
            new HubReceiver(settings.Partition, position, from => OpenPartition.Of(options, settings.Partition, from), cached, logger);
    }

    public static new HubAdapterFactory Create(IServiceProvider services, string name)
    {
        var factory = ActivatorUtilities.CreateInstance<HubAdapterFactory>(
            services,
            name,
            services.GetOptionsByName<EventHubOptions>(name),
            services.GetOptionsByName<EventHubReceiverOptions>(name),
            services.GetOptionsByName<EventHubStreamCachePressureOptions>(name),
            services.GetOptionsByName<StreamCacheEvictionOptions>(name),
            services.GetOptionsByName<StreamStatisticOptions>(name),
            ActivatorUtilities.CreateInstance<HubDataAdapter>(services));
        factory.Init();
        return factory;
    }
}
