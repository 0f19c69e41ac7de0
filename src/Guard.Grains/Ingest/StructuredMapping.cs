using Guard.Core.Clicks;

namespace Guard.Grains.Ingest;

/// <summary>Takes each message for one CloudEvent in structured mode, whatever it says of itself; the decoder judges.</summary>
public sealed class StructuredMapping : IHubMapping
{
    /// <inheritdoc/>
    public void Map(int partition, HubMessage message, ICollection<HubEvent> events)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(events);
        events.Add(new HubEvent(new EventPosition($"hub/{partition}", 0, message.SequenceNumber), message.Body));
    }
}
