using System.Text.Json;

namespace Guard.Core.Clicks;

/// <summary>The fields of an event's <c>data</c>, of whichever kind, while it is decoded.</summary>
internal ref struct EventData
{
    private ReadOnlySpan<byte> _clickId;
    private ReadOnlySpan<byte> _userId;
    private ReadOnlySpan<byte> _sessionId;
    private ReadOnlySpan<byte> _address;
    private ReadOnlySpan<byte> _userAgent;
    private ReadOnlySpan<byte> _campaign;
    private ReadOnlySpan<byte> _advertiser;
    private ReadOnlySpan<byte> _orderId;
    private ReadOnlySpan<byte> _stream;
    private List<double>? _values;
    private long _micros;
    private bool _loggedIn;
    private DeviceType _device;
    private Marketplace _marketplace;
    private DataField _seen;

    /// <summary>Reads the object that the reader stands at the start of.</summary>
    public Rejection Read(ref JsonCursor reader, JsonText text, EventKind kind)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = DataFields.Match(kind, text.Name(ref reader));
            reader.Read();
            if (field == DataField.None)
            {
                reader.Skip();
                continue;
            }

            if ((_seen & field) != DataField.None)
            {
                return new(RejectReason.DuplicateField, DataFields.Name(field));
            }

            _seen |= field;
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            var rejection = Take(ref reader, text, field);
            if (rejection.IsRejected)
            {
                return rejection;
            }
        }

        return default;
    }

    /// <summary>Checks what the kind requires, hashes the identities and fills the event.</summary>
    public readonly Rejection Complete(KeyedHash hash, RepeatedTexts userAgents, ref DecodedEvent decoded)
    {
        var id = hash.Of(HashKind.Click, decoded.Id);
        decoded.Key = hash.Of(HashKind.Event, hash.Of(HashKind.Source, decoded.Source), id);
        return decoded.Kind switch
        {
            EventKind.Click => CompleteClick(hash, userAgents, id, ref decoded),
            EventKind.Purchase => CompletePurchase(hash, ref decoded),
            _ => CompleteTelemetry(ref decoded),
        };
    }

    private readonly Rejection CompleteClick(KeyedHash hash, RepeatedTexts userAgents, ulong id, ref DecodedEvent decoded)
    {
        var address = default(UInt128);
        if (!_address.IsEmpty && !NetworkAddress.TryParse(_address, out address))
        {
            return new(RejectReason.InvalidAddress, "data.ip");
        }

        if (_userId.IsEmpty && _sessionId.IsEmpty && _address.IsEmpty)
        {
            return new(RejectReason.NoIdentity, "data.userId, data.sessionId and data.ip");
        }

        ref var click = ref decoded.Click;
        click.Time = decoded.Time;
        click.Id = id;
        click.Session = hash.Of(HashKind.Session, _sessionId);
        click.Entity = _address.IsEmpty ? 0 : hash.OfEntity(address);
        click.UserAgent = userAgents.Of(_userAgent);
        click.User = !_userId.IsEmpty ? hash.Of(HashKind.User, _userId)
            : !_sessionId.IsEmpty ? hash.Of(HashKind.UserOfSession, _sessionId)
            : hash.Of(HashKind.UserOfAddress, click.Entity, click.UserAgent);
        click.CostMicros = _micros;
        click.Marketplace = _marketplace;
        click.Device = _device;
        click.Traits = (_loggedIn ? ClickTraits.LoggedIn : ClickTraits.None)
            | (_userAgent.IsEmpty ? ClickTraits.NoUserAgent : ClickTraits.None)
            | (_userId.IsEmpty ? ClickTraits.Anonymous : ClickTraits.None);
        decoded.UserAgent = _userAgent;
        decoded.Address = _address;
        decoded.Campaign = _campaign;
        decoded.Advertiser = _advertiser;
        return default;
    }

    private readonly Rejection CompletePurchase(KeyedHash hash, ref DecodedEvent decoded)
    {
        if (_orderId.IsEmpty)
        {
            return new(RejectReason.MissingField, "data.orderId");
        }

        if ((_seen & DataField.Value) == DataField.None)
        {
            return new(RejectReason.MissingField, "data.valueMicros");
        }

        if (_clickId.IsEmpty && _userId.IsEmpty)
        {
            return new(RejectReason.NoIdentity, "data.clickId and data.userId");
        }

        decoded.Purchase = new Purchase(
            decoded.Time, hash.Of(HashKind.Click, _clickId), hash.Of(HashKind.User, _userId), hash.Of(HashKind.Order, _orderId), _micros);
        return default;
    }

    private readonly Rejection CompleteTelemetry(ref DecodedEvent decoded)
    {
        if (_stream.IsEmpty)
        {
            return new(RejectReason.MissingField, "data.stream");
        }

        if (_stream.StartsWith(EventLimits.OwnStreams))
        {
            return new(RejectReason.ReservedName, "data.stream");
        }

        if (_values is not { Count: > 0 })
        {
            return new(RejectReason.MissingField, "data.values");
        }

        decoded.Telemetry = new TelemetryPoint(System.Text.Encoding.UTF8.GetString(_stream), decoded.Time, _values);
        return default;
    }

    private Rejection Take(ref JsonCursor reader, JsonText text, DataField field)
    {
        switch (field)
        {
            case DataField.ClickId:
                return text.Take(ref reader, "data.clickId", EventLimits.Id, out _clickId);
            case DataField.UserId:
                return text.Take(ref reader, "data.userId", EventLimits.User, out _userId);
            case DataField.SessionId:
                return text.Take(ref reader, "data.sessionId", EventLimits.User, out _sessionId);
            case DataField.Address:
                return text.Take(ref reader, "data.ip", EventLimits.Address, out _address);
            case DataField.UserAgent:
                return text.Take(ref reader, "data.userAgent", EventLimits.UserAgent, out _userAgent);
            case DataField.Campaign:
                return text.Take(ref reader, "data.campaignId", EventLimits.Name, out _campaign);
            case DataField.Advertiser:
                return text.Take(ref reader, "data.advertiserId", EventLimits.Name, out _advertiser);
            case DataField.Placement:
                return text.Take(ref reader, "data.placement", EventLimits.Name, out _);
            case DataField.Ad:
                return text.Take(ref reader, "data.adId", EventLimits.Name, out _);
            case DataField.OrderId:
                return text.Take(ref reader, "data.orderId", EventLimits.Name, out _orderId);
            case DataField.Stream:
                return text.TakeAttribute(ref reader, "data.stream", EventLimits.Stream, out _stream);
            case DataField.Cost:
                return JsonText.TakeMicros(ref reader, "data.costMicros", out _micros);
            case DataField.Value:
                return JsonText.TakeMicros(ref reader, "data.valueMicros", out _micros);
            case DataField.LoggedIn:
                _loggedIn = reader.TokenType == JsonTokenType.True;
                return _loggedIn || reader.TokenType == JsonTokenType.False ? default : new(RejectReason.WrongType, "data.loggedIn");
            case DataField.Device:
                var device = text.Take(ref reader, "data.deviceType", EventLimits.Name, out var name);
                _device = DataFields.Device(name);
                return device;
            case DataField.Marketplace:
                var marketplace = text.Take(ref reader, "data.marketplace", EventLimits.Name, out var code);
                return marketplace.IsRejected || code.IsEmpty || Marketplace.TryParse(code, out _marketplace)
                    ? marketplace
                    : new(RejectReason.InvalidMarketplace, "data.marketplace");
            default:
                return TakeValues(ref reader);
        }
    }

    private Rejection TakeValues(ref JsonCursor reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return new(RejectReason.WrongType, "data.values");
        }

        _values = [];
        var values = reader.Nested();
        while (values.Read() && values.TokenType != JsonTokenType.EndArray)
        {
            var value = double.NaN;
            if (values.TokenType != JsonTokenType.Null && values.TokenType != JsonTokenType.Number)
            {
                return new(RejectReason.WrongType, "data.values");
            }

            if (values.TokenType == JsonTokenType.Number && (!values.TryGetDouble(out value) || !double.IsFinite(value)))
            {
                return new(RejectReason.OutOfRange, "data.values");
            }

            if (_values.Count == EventLimits.Values)
            {
                return new(RejectReason.FieldTooLong, "data.values");
            }

            _values.Add(value);
        }

        reader.Resume(values);
        return default;
    }
}
