using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Guard.Server.Tests.Hosting;

/// <summary>Events as producers write them.</summary>
internal static class Events
{
    public static string Click(string id, string user = "u-1", string time = "2026-01-01T12:00:00Z", string device = "mobile", string marketplace = "DE", string agent = "Mozilla/5.0 Firefox/141.0") =>
        JsonSerializer.Serialize(new
        {
            specversion = "1.0",
            id,
            source = "/ads/click/eu1",
            type = "guard.ad.click.v1",
            time,
            data = new { userId = user, sessionId = "s", ip = "203.0.113.7", userAgent = agent, loggedIn = true, deviceType = device, marketplace, campaignId = "c", advertiserId = "v", costMicros = 350000 },
        });

    public static string Telemetry(string id, string stream, double value, int minute) => JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id,
        source = "/metrics",
        type = "guard.telemetry.v1",
        time = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600 + minute * 60L).ToString("O", CultureInfo.InvariantCulture),
        data = new { stream, values = new[] { value } },
    });

    public static StringContent Body(string text, string type = "application/cloudevents+json") => new(text, Encoding.UTF8, type);
}
