using System.Text;

namespace Guard.Core.Clicks;

/// <summary>The names of the fields of <c>data</c>, and of the devices.</summary>
internal static class DataFields
{
    public static DataField Match(EventKind kind, ReadOnlySpan<byte> name) => kind switch
    {
        EventKind.Click => MatchClick(name),
        EventKind.Purchase => MatchPurchase(name),
        _ => name.SequenceEqual("stream"u8) ? DataField.Stream : name.SequenceEqual("values"u8) ? DataField.Values : DataField.None,
    };

    public static string Name(DataField field) => field switch
    {
        DataField.ClickId => "data.clickId",
        DataField.UserId => "data.userId",
        DataField.SessionId => "data.sessionId",
        DataField.Address => "data.ip",
        DataField.UserAgent => "data.userAgent",
        DataField.Campaign => "data.campaignId",
        DataField.Advertiser => "data.advertiserId",
        DataField.Placement => "data.placement",
        DataField.Ad => "data.adId",
        DataField.OrderId => "data.orderId",
        DataField.Stream => "data.stream",
        DataField.Cost => "data.costMicros",
        DataField.Value => "data.valueMicros",
        DataField.LoggedIn => "data.loggedIn",
        DataField.Device => "data.deviceType",
        DataField.Marketplace => "data.marketplace",
        _ => "data.values",
    };

    public static DeviceType Device(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when Ascii.EqualsIgnoreCase(name, "tv"u8) => DeviceType.Tv,
        6 when Ascii.EqualsIgnoreCase(name, "mobile"u8) => DeviceType.Mobile,
        6 when Ascii.EqualsIgnoreCase(name, "tablet"u8) => DeviceType.Tablet,
        7 when Ascii.EqualsIgnoreCase(name, "desktop"u8) => DeviceType.Desktop,
        _ => DeviceType.Unknown,
    };

    private static DataField MatchClick(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("ip"u8) => DataField.Address,
        4 when name.SequenceEqual("adId"u8) => DataField.Ad,
        6 when name.SequenceEqual("userId"u8) => DataField.UserId,
        8 when name.SequenceEqual("loggedIn"u8) => DataField.LoggedIn,
        9 when name.SequenceEqual("sessionId"u8) => DataField.SessionId,
        9 when name.SequenceEqual("userAgent"u8) => DataField.UserAgent,
        9 when name.SequenceEqual("placement"u8) => DataField.Placement,
        10 when name.SequenceEqual("deviceType"u8) => DataField.Device,
        10 when name.SequenceEqual("campaignId"u8) => DataField.Campaign,
        10 when name.SequenceEqual("costMicros"u8) => DataField.Cost,
        11 when name.SequenceEqual("marketplace"u8) => DataField.Marketplace,
        12 when name.SequenceEqual("advertiserId"u8) => DataField.Advertiser,
        _ => DataField.None,
    };

    private static DataField MatchPurchase(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 when name.SequenceEqual("userId"u8) => DataField.UserId,
        7 when name.SequenceEqual("clickId"u8) => DataField.ClickId,
        7 when name.SequenceEqual("orderId"u8) => DataField.OrderId,
        11 when name.SequenceEqual("valueMicros"u8) => DataField.Value,
        _ => DataField.None,
    };
}
