using System.Globalization;
using System.Text;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

/// <summary>Events as producers push them, and a hash under a known key.</summary>
internal static class TestEvents
{
    public const long Noon = 1_767_268_800_000; // 2026-01-01T12:00:00Z

    public const string Data = """
        {"userId":"opaque","sessionId":"s","ip":"192.0.2.7","userAgent":"Mozilla/5.0 (X11)","loggedIn":true,"deviceType":"mobile","marketplace":"DE","placement":"top","adId":"a1","campaignId":"c1","advertiserId":"v1","costMicros":350000}
        """;

    public static KeyedHash Hash { get; } = new(HashingKey.Parse("000102030405060708090a0b0c0d0e0f"));

    public static string Click(string id = "click-1", long time = Noon, string data = Data, string source = "/ads/click/eu1") => $$"""
        {"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"guard.ad.click.v1","time":"{{Text(time)}}","partitionkey":"k","datacontenttype":"application/json","dataschema":"guard/ad-click/1","data":{{data}}}
        """;

    public static string Purchase(string data, string id = "purchase-1") => $$"""
        {"specversion":"1.0","id":"{{id}}","source":"/shop","type":"guard.purchase.v1","time":"{{Text(Noon)}}","data":{{data}}}
        """;

    public static string Telemetry(string data, string id = "reading-1") => $$"""
        {"specversion":"1.0","id":"{{id}}","source":"/meters","type":"guard.telemetry.v1","time":"{{Text(Noon)}}","data":{{data}}}
        """;

    public static string Text(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string TextOf(EventBatch batch, TextRange range) => Encoding.UTF8.GetString(batch.Text(range));
}
