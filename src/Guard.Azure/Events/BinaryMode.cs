using System.Buffers;
using System.Text.Json;
using Guard.Core.Clicks;

namespace Guard.Azure.Events;

/// <summary>Writes a CloudEvent in JSON from the attributes among a message's properties and the data that is its body.</summary>
internal static class BinaryMode
{
    // Attributes, their names and the JSON between them; a guess that saves the buffer's growing.
    private const int Envelope = 512;
    private static readonly string[] s_prefixes = ["cloudEvents:", "cloudEvents_"];

    public static bool IsBinary(in HubMessage message) => message.Properties.Any(property => AttributeOf(property.Key) is not null);

    public static MappedEvent Map(in HubMessage message, in MediaType type)
    {
        if (message.Body.Length > EventLimits.EventBytes)
        {
            return EventHubMapping.Rejected(message, RejectReason.EventTooLong, "event");
        }

        if (!type.IsJson)
        {
            return EventHubMapping.Rejected(message, RejectReason.WrongType, "datacontenttype: give data as JSON");
        }

        var buffer = new ArrayBufferWriter<byte>(message.Body.Length + Envelope);
        var rejection = Write(message, buffer);
        return rejection.IsRejected
            ? new(EventHubMapping.PositionOf(message), message.Body, rejection)
            : new(EventHubMapping.PositionOf(message), buffer.WrittenMemory, default);
    }

    private static Rejection Write(in HubMessage message, ArrayBufferWriter<byte> buffer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var (property, value) in message.Properties)
        {
            if (AttributeOf(property) is not { } name || !IsAttributeName(name) || value is null)
            {
                continue;
            }

            if (!seen.Add(name))
            {
                return new(RejectReason.DuplicateField, name);
            }

            if (name is "data" or "datacontenttype" or "data_base64")
            {
                // The body is the data, and the message's own content type is that of the data.
                continue;
            }

            if (AttributeValue.Write(writer, name, value) is { IsRejected: true } rejection)
            {
                return rejection;
            }
        }

        if (message.PartitionKey is { Length: > 0 } key && seen.Add("partitionkey") && AttributeValue.Write(writer, "partitionkey", key) is { IsRejected: true } broken)
        {
            return broken;
        }

        if (message.ContentType is { Length: > 0 } contentType && AttributeValue.Write(writer, "datacontenttype", contentType) is { IsRejected: true } unwritable)
        {
            return unwritable;
        }

        if (message.Body.IsEmpty)
        {
            return new(RejectReason.MissingField, "data");
        }

        try
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(message.Body.Span);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return new(RejectReason.Malformed, "data is not JSON");
        }

        writer.WriteEndObject();
        writer.Flush();
        return default;
    }

    private static string? AttributeOf(string property)
    {
        foreach (var prefix in s_prefixes)
        {
            if (property.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return property[prefix.Length..];
            }
        }

        return null;
    }

    // CloudEvents allows no others; like any unknown field, one that breaks the rule is passed over.
    private static bool IsAttributeName(string name) => name.Length > 0 && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character));
}
