using Guard.Core.Clicks;

namespace Guard.Azure.Events;

/// <summary>
/// Maps what an event hub hands over to CloudEvents in JSON, after the AMQP and JSON bindings of CloudEvents 1.0: structured
/// mode, batches of it, and binary mode with the prefixes <c>cloudEvents:</c> and <c>cloudEvents_</c>. Pure functions; no
/// message makes them throw.
/// </summary>
/// <remarks>
/// A message without any sign of CloudEvents is read as structured where its content type is JSON or absent, since many a
/// sender cannot set it; the decoder judges what the body holds.
/// </remarks>
public static class EventHubMapping
{
    /// <summary>Maps one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="events">Where its events are appended, in order; at least one is. Structured ones share the message's bytes.</param>
    public static void Map(in HubMessage message, ICollection<MappedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var type = MediaType.Of(message.ContentType);
        if (!type.IsUtf8)
        {
            events.Add(Rejected(message, RejectReason.Malformed, "content type names a charset other than UTF-8"));
        }
        else if (type.Is("application/cloudevents-batch+json"))
        {
            BatchMode.Map(message, events);
        }
        else if (type.Is("application/cloudevents+json"))
        {
            events.Add(Whole(message));
        }
        else if (type.StartsWith("application/cloudevents"))
        {
            events.Add(Rejected(message, RejectReason.Malformed, "content type is a CloudEvents format other than JSON"));
        }
        else if (BinaryMode.IsBinary(message))
        {
            events.Add(BinaryMode.Map(message, type));
        }
        else
        {
            events.Add(type.IsJson ? Whole(message) : Rejected(message, RejectReason.Malformed, "neither content type nor properties say CloudEvents"));
        }
    }

    /// <summary>Gets the position of a message, or of an event in its batch.</summary>
    internal static EventPosition PositionOf(in HubMessage message, long place = 0) => new(message.Origin, place, message.SequenceNumber);

    /// <summary>Rejects a whole message.</summary>
    internal static MappedEvent Rejected(in HubMessage message, RejectReason reason, string detail) =>
        new(PositionOf(message), message.Body, new Rejection(reason, detail));

    private static MappedEvent Whole(in HubMessage message) => new(PositionOf(message), message.Body, default);
}
