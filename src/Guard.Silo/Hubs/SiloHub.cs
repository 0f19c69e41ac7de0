using Azure.Messaging.EventHubs;
using Guard.Azure.Checkpoints;
using Guard.Azure.Storage;
using Guard.Grains.Hosting;
using Guard.Grains.Ingest;
using Guard.Silo.Configuration;
using Guard.Silo.Hosting;

namespace Guard.Silo.Hubs;

/// <summary>Connects a silo to the event hub that the configuration names.</summary>
internal static class SiloHub
{
    public static void Add(ISiloBuilder silo, SiloOptions options, SiloStores stores)
    {
        if (options.EventHubs is not { } settings)
        {
            return;
        }

        var connect = ConnectorOf(settings);
        silo.Services.AddSingleton<IHubMapping>(new CloudEventMapping(settings.Hub));
        if (stores.Checkpoints is { } container)
        {
            silo.Services.AddSingleton(provider => new PartitionCheckpoints(container, ConsumerOf(settings, connect), provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString()));
            silo.Services.AddSingleton<ICommittedPositions, BlobPositions>();
        }

        silo.AddGuardHub(hub =>
        {
            (hub.Connect, hub.Hub, hub.ConsumerGroup) = (connect, settings.Hub, settings.ConsumerGroup);
            (hub.BatchSize, hub.PollEvery, hub.GatherFor) = (settings.BatchSize, settings.PollEvery, settings.GatherFor);
            (hub.DeliverFor, hub.CacheFor) = (settings.DeliverFor, settings.CacheFor);
        });
    }

    private static Func<EventHubConnectionOptions, EventHubConnection> ConnectorOf(HubSettings settings)
    {
        if (settings.ConnectionString is { } secret)
        {
            return connection => new EventHubConnection(secret, settings.Hub, connection);
        }

        var credential = BlobContainers.CredentialOf(new BlobStorageOptions { Credential = settings.Credential, ClientId = settings.ClientId });
        return connection => new EventHubConnection(settings.Namespace!, settings.Hub, credential, connection);
    }

    private static HubConsumer ConsumerOf(HubSettings settings, Func<EventHubConnectionOptions, EventHubConnection> connect) => new()
    {
        Namespace = settings.Namespace ?? connect(new EventHubConnectionOptions()).FullyQualifiedNamespace,
        EventHub = settings.Hub,
        ConsumerGroup = settings.ConsumerGroup,
    };
}
