namespace Guard.Core.Clicks;

/// <summary>Why an event went to quarantine.</summary>
public enum RejectReason : byte
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>It is not one JSON object in UTF-8, or not a row of its format.</summary>
    Malformed = 1,

    /// <summary>The event is longer than <see cref="EventLimits.EventBytes"/>.</summary>
    EventTooLong = 2,

    /// <summary>A required field is absent, null or empty.</summary>
    MissingField = 3,

    /// <summary>A field that Guard reads stands there twice.</summary>
    DuplicateField = 4,

    /// <summary>A field holds another JSON type than it should.</summary>
    WrongType = 5,

    /// <summary>A text or an array is longer than its limit.</summary>
    FieldTooLong = 6,

    /// <summary>A text holds half a surrogate pair, or a control character where CloudEvents allows none.</summary>
    InvalidText = 7,

    /// <summary>A number or a time lies outside its range.</summary>
    OutOfRange = 8,

    /// <summary>A time is not an RFC 3339 timestamp.</summary>
    InvalidTime = 9,

    /// <summary>A time lies further in the future than clocks may differ.</summary>
    FutureTime = 10,

    /// <summary>An address is neither IPv4 nor IPv6.</summary>
    InvalidAddress = 11,

    /// <summary>A marketplace is not two letters.</summary>
    InvalidMarketplace = 12,

    /// <summary>The type is none that Guard reads.</summary>
    UnknownType = 13,

    /// <summary>The <c>specversion</c> is not 1.0.</summary>
    UnsupportedVersion = 14,

    /// <summary>Nothing says who it was: a click without user, session and address, or a purchase without click and user.</summary>
    NoIdentity = 15,

    /// <summary>A telemetry stream has a name that is kept for Guard's own streams.</summary>
    ReservedName = 16,
}
