namespace Guard.Core.Clicks;

/// <summary>
/// The bounds on events and their fields; lengths are bytes of UTF-8 after unescaping. The event's length is CloudEvents'
/// own limit for what every intermediary must forward; the other figures are Guard's defaults, wide enough for what
/// browsers and ad servers send.
/// </summary>
public static class EventLimits
{
    /// <summary>An event, in bytes of JSON.</summary>
    public const int EventBytes = 64 * 1024;

    /// <summary>The <c>id</c> of an event, and the click id that a purchase names.</summary>
    public const int Id = 256;

    /// <summary>The <c>source</c>.</summary>
    public const int Source = 1024;

    /// <summary>The <c>type</c>.</summary>
    public const int Type = 256;

    /// <summary>A timestamp.</summary>
    public const int Timestamp = 64;

    /// <summary>A user id or a session id.</summary>
    public const int User = 512;

    /// <summary>A user agent.</summary>
    public const int UserAgent = 4096;

    /// <summary>An address.</summary>
    public const int Address = 64;

    /// <summary>The ids of placement, ad, campaign, advertiser and order, and a device's name.</summary>
    public const int Name = 256;

    /// <summary>The name of a telemetry stream.</summary>
    public const int Stream = 256;

    /// <summary>The values of one telemetry reading.</summary>
    public const int Values = 1024;

    /// <summary>A click's cost or an order's value, in millionths of the currency unit; the least is 0.</summary>
    public const long Micros = 1_000_000_000_000;

    /// <summary>The earliest time, 2000-01-01T00:00:00Z, in Unix milliseconds.</summary>
    public const long Earliest = 946_684_800_000;

    /// <summary>The time before which every event lies, 2100-01-01T00:00:00Z, in Unix milliseconds.</summary>
    public const long End = 4_102_444_800_000;

    /// <summary>Gets what the names of Guard's own telemetry streams begin with; a producer's may not.</summary>
    public static ReadOnlySpan<byte> OwnStreams => "guard."u8;
}
