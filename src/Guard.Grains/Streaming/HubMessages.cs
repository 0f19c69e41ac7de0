using System.Globalization;
using Azure.Messaging.EventHubs;
using Guard.Core.Clicks;
using Guard.Grains.Ingest;

namespace Guard.Grains.Streaming;

/// <summary>Takes over what Event Hubs hands out. No message makes it throw.</summary>
internal static class HubMessages
{
    private const int GreatestProperties = 64;
    private const int GreatestValue = 4096;

    /// <summary>Copies a message; of a body longer than an event may be, so much that the intake sees that it is too long.</summary>
    public static HubMessage Of(EventData data)
    {
        var body = data.EventBody.ToMemory().Span;
        return new HubMessage
        {
            SequenceNumber = data.SequenceNumber,
            Offset = data.OffsetString ?? "",
            EnqueuedTime = data.EnqueuedTime.ToUnixTimeMilliseconds(),
            Body = body[..Math.Min(body.Length, EventLimits.EventBytes + 1)].ToArray(),
            ContentType = data.ContentType,
            Properties = PropertiesOf(data),
        };
    }

    private static Dictionary<string, string> PropertiesOf(EventData data)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in data.Properties)
        {
            if (properties.Count < GreatestProperties && TextOf(value) is { Length: <= GreatestValue } text && name.Length <= GreatestValue)
            {
                properties[name] = text;
            }
        }

        return properties;
    }

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => null,
    };
}
