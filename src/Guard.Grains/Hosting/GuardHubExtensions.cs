using Guard.Grains.Ingest;
using Guard.Grains.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Streams;

namespace Guard.Grains.Hosting;

/// <summary>Connects a silo to an event hub.</summary>
public static class GuardHubExtensions
{
    /// <summary>Reads an event hub: one stream a partition, positions from <see cref="ICommittedPositions"/>, from the earliest message on where there is none.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Sets the connection, the hub, and options.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static ISiloBuilder AddGuardHub(this ISiloBuilder silo, Action<HubStreamOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new HubStreamOptions();
        configure(options);
        options.Validate();

        var services = silo.Services;
        services.AddOptions<EventHubOptions>(GrainNames.StreamProvider).Configure(hub =>
            hub.ConfigureEventHubConnection(connection => options.Connect!(connection), options.Hub, options.ConsumerGroup));
        services.AddSingleton(options);
        services.AddOptions<EventHubReceiverOptions>(GrainNames.StreamProvider).Configure(static receiver => receiver.StartFromNow = false);
        services.AddOptions<StreamCacheEvictionOptions>(GrainNames.StreamProvider).Configure(cache =>
        {
            cache.DataMinTimeInCache = options.CacheFor;
            cache.DataMaxAgeInCache = options.CacheFor * 4;

            // Without it the cache loses track of streams that pause.
            cache.MetadataMinTimeInCache = options.CacheFor * 8;
        });
        services.AddSingleton<IHubReader, HubReader>();
        services.AddSingleton<CachedPartitions>();
        services.AddKeyedSingleton<IStreamQueueCheckpointerFactory>(
            GrainNames.StreamProvider, static (provider, _) => new HubCheckpointerFactory(provider.GetRequiredService<ICommittedPositions>()));
        silo.AddStreaming();
        silo.AddPersistentStreams(GrainNames.StreamProvider, HubAdapterFactory.Create, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling =>
            {
                pulling.BatchContainerBatchSize = options.BatchSize;
                pulling.GetQueueMsgsTimerPeriod = options.PollEvery;
                pulling.MaxEventDeliveryTime = options.DeliverFor;
            }));
        });
        return silo;
    }
}
