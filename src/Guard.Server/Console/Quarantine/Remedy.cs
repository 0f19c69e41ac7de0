using Guard.Core.Clicks;

namespace Guard.Server.Console.Quarantine;

/// <summary>Says what each reason means for whoever sends the events.</summary>
internal static class Remedy
{
    public static string Name(RejectReason reason) => reason switch
    {
        RejectReason.Malformed => "malformed",
        RejectReason.EventTooLong => "event too long",
        RejectReason.MissingField => "missing field",
        RejectReason.DuplicateField => "duplicate field",
        RejectReason.WrongType => "wrong type",
        RejectReason.FieldTooLong => "field too long",
        RejectReason.InvalidText => "invalid text",
        RejectReason.OutOfRange => "out of range",
        RejectReason.InvalidTime => "invalid time",
        RejectReason.FutureTime => "future time",
        RejectReason.InvalidAddress => "invalid address",
        RejectReason.InvalidMarketplace => "invalid marketplace",
        RejectReason.UnknownType => "unknown type",
        RejectReason.UnsupportedVersion => "unsupported version",
        RejectReason.NoIdentity => "no identity",
        RejectReason.ReservedName => "reserved name",
        _ => "none",
    };

    public static string Of(RejectReason reason) => reason switch
    {
        RejectReason.Malformed => "Send one JSON object a CloudEvent, in UTF-8.",
        RejectReason.EventTooLong => $"Send events of at most {EventLimits.EventBytes / 1024} KiB.",
        RejectReason.MissingField => "Fill the field that the detail names.",
        RejectReason.DuplicateField => "Send the field once.",
        RejectReason.WrongType => "Send the field as the JSON type of the schema.",
        RejectReason.FieldTooLong => "Shorten the field that the detail names.",
        RejectReason.InvalidText => "Send whole characters, and no control characters in CloudEvents attributes.",
        RejectReason.OutOfRange => "Keep the number or time within its bounds.",
        RejectReason.InvalidTime => "Write times as RFC 3339, such as 2026-01-01T12:00:00.123Z.",
        RejectReason.FutureTime => "Set the sender's clock: the event lies too far in the future.",
        RejectReason.InvalidAddress => "Send an IPv4 or IPv6 address.",
        RejectReason.InvalidMarketplace => "Send the marketplace as two letters, such as DE.",
        RejectReason.UnknownType => $"Send {EventTypes.Click}, {EventTypes.Purchase} or {EventTypes.Telemetry}.",
        RejectReason.UnsupportedVersion => "Send CloudEvents of specversion 1.0.",
        RejectReason.NoIdentity => "Send a user, a session or an address with each click, and a click or a user with each purchase.",
        RejectReason.ReservedName => "Give the stream a name that does not begin with guard., which Guard's own streams have.",
        _ => "",
    };
}
