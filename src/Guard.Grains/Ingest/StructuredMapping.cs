using System.Collections.Concurrent;
using Guard.Core.Clicks;

namespace Guard.Grains.Ingest;

/// <summary>Takes each message for one CloudEvent in structured mode, whatever it says of itself; the decoder judges.</summary>
public sealed class StructuredMapping : IHubMapping
{
    private readonly ConcurrentDictionary<int, string> _origins = new();

    /// <inheritdoc/>
    public void Map(int partition, HubMessage message, ICollection<HubEvent> events)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(events);
        events.Add(new HubEvent(new EventPosition(_origins.GetOrAdd(partition, static partition => $"hub/{partition}"), 0, message.SequenceNumber), message.Body));
    }
}
