using System.Text.Json;
using Guard.Core.Clicks;

namespace Guard.Azure.Events;

/// <summary>Splits a JSON array of CloudEvents. Elements that stand whole before a fault are events; the rest is one rejection.</summary>
internal static class BatchMode
{
    public static void Map(in HubMessage message, ICollection<MappedEvent> events)
    {
        var reader = new Utf8JsonReader(message.Body.Span);
        var place = 0L;
        var done = 0;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                events.Add(EventHubMapping.Rejected(message, RejectReason.Malformed, "the batch is not a JSON array"));
                return;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                done = (int)reader.BytesConsumed;
                events.Add(new(EventHubMapping.PositionOf(message, ++place), message.Body[start..done], default));
            }

            // The reader throws where anything but space follows the array.
            reader.Read();
            if (place == 0)
            {
                events.Add(EventHubMapping.Rejected(message, RejectReason.Malformed, "the batch is empty"));
            }
        }
        catch (JsonException)
        {
            var position = EventHubMapping.PositionOf(message, place + 1);
            events.Add(new(position, message.Body[done..], new(RejectReason.Malformed, "the batch is not JSON from here on")));
        }
    }
}
