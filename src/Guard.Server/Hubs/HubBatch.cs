using System.Text.Json;
using Guard.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Guard.Server.Hubs;

/// <summary>Unwraps a batch as Event Hubs takes it, <c>[{"Body":"…","BrokerProperties":{…},"UserProperties":{…}}, …]</c>, into events, one a line.</summary>
internal static class HubBatch
{
    /// <summary>Writes the events of a batch.</summary>
    /// <param name="json">The batch.</param>
    /// <param name="lines">Takes a line for each event; as long as the batch, which is always enough, since an entry is longer than its line.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="RequestFault">The batch is not of this form.</exception>
    public static int Write(ReadOnlySpan<byte> json, Span<byte> lines)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray, "the batch is not an array");
            var written = 0;
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                Expect(reader.TokenType == JsonTokenType.StartObject, $"entry {index} is not an object");
                written += WriteEntry(ref reader, lines[written..], index);
            }

            Expect(!reader.Read(), "something follows the array");
            return written;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, "The batch is not JSON in UTF-8; nothing of it was taken in.", e);
        }
    }

    private static int WriteEntry(ref Utf8JsonReader reader, Span<byte> line, int index)
    {
        var length = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBody = reader.ValueTextEquals("Body"u8);
            reader.Read();
            if (isBody)
            {
                Expect(length == 0 && reader.TokenType == JsonTokenType.String, $"the Body of entry {index} is not one text");
                length = WriteLine(ref reader, line);
            }
            else
            {
                reader.Skip();
            }
        }

        Expect(length > 0, $"entry {index} has no Body");
        return length;
    }

    private static int WriteLine(ref Utf8JsonReader reader, Span<byte> line)
    {
        var length = reader.CopyString(line);

        // Between the tokens of JSON a line end is as good as a space, and within them it is an error anyway.
        line[..length].Replace((byte)'\n', (byte)' ');
        line[..length].Replace((byte)'\r', (byte)' ');
        if (!line[..length].ContainsAnyExcept((byte)' '))
        {
            // An empty body is an event too, and a bad one; an empty line would be none.
            "\"\""u8.CopyTo(line);
            length = 2;
        }

        line[length] = (byte)'\n';
        return length + 1;
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, $"In the Event Hubs batch {otherwise}; nothing of it was taken in.");
        }
    }
}
