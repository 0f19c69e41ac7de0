using System.Text;
using Guard.Azure.Events;

namespace Guard.Azure.Tests.Events;

/// <summary>Messages as producers send them, and what a partition's intake makes of them.</summary>
internal static class Messages
{
    public const string ClickData = """{"userId":"u","sessionId":"s","ip":"192.0.2.7","userAgent":"Mozilla/5.0","loggedIn":true,"deviceType":"mobile","marketplace":"DE","adId":"a","campaignId":"c","advertiserId":"v","costMicros":350000}""";

    public const string ClickEvent = $$"""{"specversion":"1.0","id":"c-1","source":"/ads","type":"guard.ad.click.v1","time":"2026-01-01T12:00:00.123Z","data":{{ClickData}}}""";

    public static Dictionary<string, object?> ClickAttributes(string prefix = "cloudEvents:") => new(StringComparer.Ordinal)
    {
        [prefix + "specversion"] = "1.0",
        [prefix + "id"] = "c-1",
        [prefix + "source"] = "/ads",
        [prefix + "type"] = "guard.ad.click.v1",
        [prefix + "time"] = "2026-01-01T12:00:00.123Z",
    };

    public static HubMessage Message(string body, string? contentType = null, Dictionary<string, object?>? properties = null) =>
        Message(Encoding.UTF8.GetBytes(body), contentType, properties);

    public static HubMessage Message(byte[] body, string? contentType = null, Dictionary<string, object?>? properties = null) => new()
    {
        Origin = "clicks/3",
        SequenceNumber = 4711,
        ContentType = contentType,
        Properties = properties ?? [],
        Body = body,
    };

    public static List<MappedEvent> Map(HubMessage message)
    {
        var events = new List<MappedEvent>();
        EventHubMapping.Map(message, events);
        return events;
    }

    public static string TextOf(MappedEvent mapped) => Encoding.UTF8.GetString(mapped.Bytes.Span);

    /// <summary>Takes a message's events in as a partition does.</summary>
    public static PartitionSeen Take(HubMessage message)
    {
        var seen = new PartitionSeen();
        foreach (var mapped in Map(message))
        {
            seen.Take(mapped);
        }

        return seen;
    }
}
