using System.Text;
using System.Text.Json;

namespace Guard.Grains.Deciding;

/// <summary>Reads the texts of segments that earlier builds wrote, which hold each decision's event in place of its texts.</summary>
internal static class EventTexts
{
    private const string SourcePrefix = "/guard/decisions";

    /// <summary>Reads the texts of all rows.</summary>
    /// <param name="events">Decisions as CloudEvents, one a line.</param>
    /// <exception cref="InvalidDataException">A line is no decision.</exception>
    public static IReadOnlyList<DecisionTexts> Read(ReadOnlySpan<byte> events)
    {
        var texts = new List<DecisionTexts>();
        foreach (var line in events.Split((byte)'\n'))
        {
            if (!events[line].IsEmpty)
            {
                texts.Add(ReadOne(events[line], texts.Count + 1));
            }
        }

        return texts;
    }

    private static DecisionTexts ReadOne(ReadOnlySpan<byte> json, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var data = document.RootElement.GetProperty("data"u8);
            return new DecisionTexts(
                document.RootElement.GetProperty("id"u8).GetString()!,
                SourceOf(document.RootElement.GetProperty("source"u8).GetString()!),
                TextOf(data, "campaignId"u8),
                TextOf(data, "advertiserId"u8),
                data.GetProperty("decidedBy"u8).ValueEquals("model"u8) ? null : data.GetProperty("reasons"u8)[0].GetProperty("text"u8).GetString());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"Line {number} of a segment's {Encoding.UTF8.GetCharCount(json)} characters is no decision; restore the segment.", exception);
        }
    }

    // A source without a slash in front got one in its event: which it was is not known any more.
    private static string SourceOf(string source) => source.StartsWith(SourcePrefix, StringComparison.Ordinal) ? source[SourcePrefix.Length..] : source;

    private static string TextOf(JsonElement data, ReadOnlySpan<byte> name) => data.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
