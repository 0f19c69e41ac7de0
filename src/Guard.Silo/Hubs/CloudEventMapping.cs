using Guard.Azure.Events;
using Guard.Grains.Ingest;
using HubMessage = Guard.Grains.Ingest.HubMessage;

namespace Guard.Silo.Hubs;

/// <summary>Maps a hub's messages by the CloudEvents bindings: structured, batched and binary mode.</summary>
/// <param name="hub">The hub's name, which quarantine rows tell.</param>
internal sealed class CloudEventMapping(string hub) : IHubMapping
{
    /// <inheritdoc/>
    public void Map(int partition, HubMessage message, ICollection<HubEvent> events)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(events);
        var mapped = new List<MappedEvent>(1);
        EventHubMapping.Map(
            new Azure.Events.HubMessage
            {
                Origin = $"{hub}/{partition}",
                SequenceNumber = message.SequenceNumber,
                ContentType = message.ContentType,
                Properties = message.Properties.Select(property => KeyValuePair.Create(property.Key, (object?)property.Value)),
                Body = message.Body,
            },
            mapped);
        foreach (var item in mapped)
        {
            events.Add(new HubEvent(item.Position, item.Bytes, item.Rejection));
        }
    }
}
