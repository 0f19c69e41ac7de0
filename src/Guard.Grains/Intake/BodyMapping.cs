using System.Text;
using Guard.Core.Clicks;
using Guard.Grains.Ingest;

namespace Guard.Grains.Intake;

/// <summary>Maps an HTTP partition's messages to the events that were packed into them.</summary>
internal sealed class BodyMapping : IHubMapping
{
    /// <inheritdoc/>
    public void Map(int partition, HubMessage message, ICollection<HubEvent> events)
    {
        var packed = message.Body;
        var at = PackedEvents.Body(packed);
        foreach (ref readonly var head in PackedEvents.Heads(packed))
        {
            var rejection = head.Reason == 0 ? default : new Rejection((RejectReason)head.Reason, Encoding.UTF8.GetString(packed, at, head.Detail));
            at += head.Detail;
            events.Add(new HubEvent(new EventPosition(PackedEvents.Origin, head.Line, head.Offset), packed.AsMemory(at, head.Held), rejection, head.Index, head.Length));
            at += head.Held;
        }
    }
}
