using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Guard.Core.Clicks;

/// <summary>
/// Decodes CloudEvents 1.0 JSON of the types in <see cref="EventTypes"/> that producers push, without building a document
/// and, for clicks and purchases, without allocation. Not safe for concurrent use: a decoder owns its buffer.
/// </summary>
/// <remarks>
/// Fields come in any order; unknown ones are skipped; one that Guard reads and that stands there twice is rejected, since
/// readers differ on which of the two holds; <c>null</c> is as good as absent. Bounds are <see cref="EventLimits"/>.
/// The user of a click is the hash of its user id, else of its session, else of its entity and user agent together.
/// </remarks>
/// <param name="hash">Hashes identities.</param>
/// <param name="futureSkew">How far clocks may differ: an event further ahead of its <c>recordedtime</c>, or of the caller's clock, is rejected.</param>
public sealed class EventDecoder(KeyedHash hash, TimeSpan futureSkew)
{
    /// <summary>The clock of a caller whose own time has no bearing on the events, such as a replay's.</summary>
    public const long NoClock = long.MaxValue;

    private readonly JsonText _text = new();
    private readonly RepeatedTexts _userAgents = new(hash, HashKind.UserAgent);
    private readonly long _skew = (long)futureSkew.TotalMilliseconds;

    /// <summary>Decodes one event and appends it to a batch, which stays exactly as it was where the event is rejected.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="now">The caller's clock in Unix milliseconds, or <see cref="NoClock"/>.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="sequence">The number that the event gets if it is a click.</param>
    public Rejection Decode(ReadOnlySpan<byte> json, long now, EventBatch batch, long sequence)
    {
        var rejection = Decode(json, now, out var decoded);
        if (!rejection.IsRejected)
        {
            decoded.AppendTo(batch, sequence);
        }

        return rejection;
    }

    /// <summary>Decodes one event. No input makes it throw.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="now">The caller's clock in Unix milliseconds, or <see cref="NoClock"/>.</param>
    /// <param name="decoded">The event; without meaning where it is rejected.</param>
    public Rejection Decode(ReadOnlySpan<byte> json, long now, out DecodedEvent decoded)
    {
        decoded = default;
        if (json.Length > EventLimits.EventBytes)
        {
            return new(RejectReason.EventTooLong, "event");
        }

        if (!Ascii.IsValid(json) && !Utf8.IsValid(json))
        {
            return new(RejectReason.Malformed, "event is not UTF-8");
        }

        try
        {
            _text.Clear();
            return Read(json, now, ref decoded);
        }
        catch (JsonException)
        {
            return new(RejectReason.Malformed, "event is not one JSON object");
        }
    }

    private Rejection Read(ReadOnlySpan<byte> json, long now, ref DecodedEvent decoded)
    {
        var reader = new JsonCursor(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return new(RejectReason.Malformed, "event is not one JSON object");
        }

        var data = new EventData();
        var seen = Envelope.None;
        var dataStart = 0;
        var dataEnd = 0;
        var dataIsRead = false;
        var recorded = now;
        var supported = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Match(_text.Name(ref reader));
            reader.Read();
            if (field == Envelope.None)
            {
                reader.Skip();
                continue;
            }

            if ((seen & field) != Envelope.None)
            {
                return new(RejectReason.DuplicateField, NameOf(field));
            }

            seen |= field;
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            var rejection = default(Rejection);
            switch (field)
            {
                case Envelope.Id:
                    rejection = _text.TakeAttribute(ref reader, "id", EventLimits.Id, out decoded.Id);
                    break;
                case Envelope.Source:
                    rejection = _text.TakeAttribute(ref reader, "source", EventLimits.Source, out decoded.Source);
                    break;
                case Envelope.Type:
                    rejection = _text.TakeAttribute(ref reader, "type", EventLimits.Type, out var type);
                    decoded.Kind = KindOf(type);
                    rejection = rejection.IsRejected || decoded.Kind != EventKind.None ? rejection : new(RejectReason.UnknownType, "type");
                    break;
                case Envelope.SpecVersion:
                    rejection = _text.TakeAttribute(ref reader, "specversion", EventLimits.Type, out var version);
                    supported = version.SequenceEqual("1.0"u8);
                    rejection = rejection.IsRejected || supported ? rejection : new(RejectReason.UnsupportedVersion, "specversion");
                    break;
                case Envelope.Time:
                    rejection = _text.TakeTime(ref reader, "time", out var time);
                    decoded.Time = time;
                    break;
                case Envelope.RecordedTime:
                    rejection = _text.TakeTime(ref reader, "recordedtime", out recorded);
                    break;
                case Envelope.Data when reader.TokenType != JsonTokenType.StartObject:
                    rejection = new(RejectReason.WrongType, "data");
                    break;
                case Envelope.Data when decoded.Kind != EventKind.None:
                    rejection = data.Read(ref reader, _text, decoded.Kind);
                    dataIsRead = true;
                    break;
                default:
                    // The type, which says how to read the data, is still to come.
                    dataStart = reader.TokenStart;
                    reader.Skip();
                    dataEnd = reader.Consumed;
                    break;
            }

            if (rejection.IsRejected)
            {
                return rejection;
            }
        }

        // The reader throws where anything but space follows the object.
        reader.Read();
        if (Missing(decoded, supported, dataIsRead || dataEnd > 0) is { } missing)
        {
            return new(RejectReason.MissingField, missing);
        }

        if (decoded.Time - _skew > recorded)
        {
            return new(RejectReason.FutureTime, "time");
        }

        if (recorded - _skew > now)
        {
            return new(RejectReason.FutureTime, "recordedtime");
        }

        var deferred = dataIsRead ? default : ReadDeferred(json[dataStart..dataEnd], ref data, decoded.Kind);
        return deferred.IsRejected ? deferred : data.Complete(hash, _userAgents, ref decoded);
    }

    // Apart, so that events in the usual order do not clear the stack for a second reader.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Rejection ReadDeferred(ReadOnlySpan<byte> json, ref EventData data, EventKind kind)
    {
        var reader = new JsonCursor(json);
        reader.Read();
        return data.Read(ref reader, _text, kind);
    }

    private static string? Missing(in DecodedEvent decoded, bool version, bool data) =>
        !version ? "specversion" : decoded.Id.IsEmpty ? "id" : decoded.Source.IsEmpty ? "source" : decoded.Kind == EventKind.None ? "type"
        : decoded.Time == 0 ? "time" : !data ? "data" : null;

    private static EventKind KindOf(ReadOnlySpan<byte> type) => type.Length switch
    {
        17 when type.SequenceEqual("guard.ad.click.v1"u8) => EventKind.Click,
        17 when type.SequenceEqual("guard.purchase.v1"u8) => EventKind.Purchase,
        18 when type.SequenceEqual("guard.telemetry.v1"u8) => EventKind.Telemetry,
        _ => EventKind.None,
    };

    private static Envelope Match(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => Envelope.Id,
        4 when name.SequenceEqual("type"u8) => Envelope.Type,
        4 when name.SequenceEqual("time"u8) => Envelope.Time,
        4 when name.SequenceEqual("data"u8) => Envelope.Data,
        6 when name.SequenceEqual("source"u8) => Envelope.Source,
        11 when name.SequenceEqual("specversion"u8) => Envelope.SpecVersion,
        12 when name.SequenceEqual("recordedtime"u8) => Envelope.RecordedTime,
        _ => Envelope.None,
    };

    private static string NameOf(Envelope field) => field switch
    {
        Envelope.Id => "id",
        Envelope.Source => "source",
        Envelope.Type => "type",
        Envelope.SpecVersion => "specversion",
        Envelope.Time => "time",
        Envelope.RecordedTime => "recordedtime",
        _ => "data",
    };

    [Flags]
    private enum Envelope
    {
        None = 0,
        Id = 1,
        Source = 2,
        Type = 4,
        SpecVersion = 8,
        Time = 16,
        RecordedTime = 32,
        Data = 64,
    }
}
