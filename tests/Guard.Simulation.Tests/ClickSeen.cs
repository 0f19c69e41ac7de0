using System.Text.Json;
using Guard.Simulation.Truth;

namespace Guard.Simulation.Tests;

internal sealed record ClickSeen(
    string Id,
    DateTimeOffset Time,
    DateTimeOffset Recorded,
    string Source,
    string User,
    string Session,
    string Ip,
    string UserAgent,
    bool LoggedIn,
    string Device,
    string Marketplace,
    string Campaign,
    long Cost,
    TruthRow Truth)
{
    public static ClickSeen Read(string id, DateTimeOffset time, DateTimeOffset recorded, JsonElement root, JsonElement data, TruthRow truth)
    {
        Assert.Equal(16, root.GetProperty("partitionkey").GetString()!.Length);
        Assert.Equal("guard/ad-click/1", root.GetProperty("dataschema").GetString());
        Assert.Equal(12, data.EnumerateObject().Count());
        Assert.NotEmpty(data.GetProperty("placement").GetString()!);
        Assert.NotEmpty(data.GetProperty("adId").GetString()!);
        Assert.NotEmpty(data.GetProperty("advertiserId").GetString()!);
        return new ClickSeen(
            id,
            time,
            recorded,
            root.GetProperty("source").GetString()!,
            data.GetProperty("userId").GetString()!,
            data.GetProperty("sessionId").GetString()!,
            data.GetProperty("ip").GetString()!,
            data.GetProperty("userAgent").GetString()!,
            data.GetProperty("loggedIn").GetBoolean(),
            data.GetProperty("deviceType").GetString()!,
            data.GetProperty("marketplace").GetString()!,
            data.GetProperty("campaignId").GetString()!,
            data.GetProperty("costMicros").GetInt64(),
            truth);
    }
}
