using System.Globalization;
using System.Text;

namespace Guard.Engine.Tests.Hosting;

/// <summary>Bodies of events as producers send them, drawn from a seed.</summary>
internal static class TestBodies
{
    public const long Start = 1_767_225_600_000;

    /// <summary>Draws events of all kinds: clicks, some late, some known already, purchases of earlier clicks, telemetry.</summary>
    public static List<string> Events(int seed, int count)
    {
        var random = new Random(seed);
        var events = new List<string>(count);
        var time = Start;
        for (var index = 0; index < count; index++)
        {
            time += random.Next(0, 2_000);
            events.Add(random.Next(20) switch
            {
                0 when events.Count > 0 => events[random.Next(events.Count)],
                1 => $$$"""{"specversion":"1.0","id":"p-{{{index}}}","source":"/orders","type":"guard.purchase.v1","time":"{{{Text(time)}}}","data":{"clickId":"c-{{{random.Next(index + 1)}}}","userId":"u-{{{random.Next(200)}}}","orderId":"o-{{{index}}}","valueMicros":2500000}}""",
                2 => $$$"""{"specversion":"1.0","id":"t-{{{index}}}","source":"/metrics","type":"guard.telemetry.v1","time":"{{{Text(time)}}}","data":{"stream":"latency.{{{random.Next(3)}}}","values":[{{{random.Next(1000)}}},null]}}""",
                3 => Click($"c-{index}", time - random.Next(0, 1_200_000), random),
                _ => Click($"c-{index}", time, random),
            });
        }

        return events;
    }

    public static string Click(string id, long time, Random random) => $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"/ads/click/eu{{{random.Next(2)}}}","type":"guard.ad.click.v1","time":"{{{Text(time)}}}","data":{"userId":"u-{{{random.Next(200)}}}","sessionId":"s-{{{random.Next(600)}}}","ip":"203.0.113.{{{random.Next(50)}}}","userAgent":"{{{(random.Next(12) == 0 ? "Googlebot/2.1" : $"Mozilla/5.0 Firefox/{random.Next(130, 142)}.0")}}}","loggedIn":{{{(random.Next(2) == 0 ? "true" : "false")}}},"deviceType":"{{{(random.Next(2) == 0 ? "mobile" : "desktop")}}}","marketplace":"DE","campaignId":"c-{{{random.Next(9)}}}","advertiserId":"adv","costMicros":{{{random.Next(1_000_000)}}}}}
        """;

    public static byte[] Lines(IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Join('\n', events) + "\n");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
