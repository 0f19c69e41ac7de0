namespace Guard.Core.Clicks;

/// <summary>The fields of <c>data</c> that Guard reads, over all kinds of event.</summary>
[Flags]
internal enum DataField
{
    None = 0,
    ClickId = 1,
    UserId = 1 << 1,
    SessionId = 1 << 2,
    Address = 1 << 3,
    UserAgent = 1 << 4,
    Campaign = 1 << 5,
    Advertiser = 1 << 6,
    Placement = 1 << 7,
    Ad = 1 << 8,
    OrderId = 1 << 9,
    Stream = 1 << 10,
    Cost = 1 << 11,
    Value = 1 << 12,
    LoggedIn = 1 << 13,
    Device = 1 << 14,
    Marketplace = 1 << 15,
    Values = 1 << 16,
}
