using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Guard.Core.Clicks;

namespace Guard.Simulation.Events;

/// <summary>Writes CloudEvents, one line at a time, into one buffer that it reuses.</summary>
internal sealed class EventWriter : IDisposable
{
    private static readonly JsonEncodedText s_specVersion = Name("specversion");
    private static readonly JsonEncodedText s_version = Name("1.0");
    private static readonly JsonEncodedText s_id = Name("id");
    private static readonly JsonEncodedText s_source = Name("source");
    private static readonly JsonEncodedText s_type = Name("type");
    private static readonly JsonEncodedText s_time = Name("time");
    private static readonly JsonEncodedText s_recordedTime = Name("recordedtime");
    private static readonly JsonEncodedText s_partitionKey = Name("partitionkey");
    private static readonly JsonEncodedText s_contentType = Name("datacontenttype");
    private static readonly JsonEncodedText s_json = Name("application/json");
    private static readonly JsonEncodedText s_schema = Name("dataschema");
    private static readonly JsonEncodedText s_data = Name("data");
    private static readonly JsonEncodedText s_userId = Name("userId");
    private static readonly JsonEncodedText s_sessionId = Name("sessionId");
    private static readonly JsonEncodedText s_ip = Name("ip");
    private static readonly JsonEncodedText s_userAgent = Name("userAgent");
    private static readonly JsonEncodedText s_loggedIn = Name("loggedIn");
    private static readonly JsonEncodedText s_deviceType = Name("deviceType");
    private static readonly JsonEncodedText s_marketplace = Name("marketplace");
    private static readonly JsonEncodedText s_placement = Name("placement");
    private static readonly JsonEncodedText s_adId = Name("adId");
    private static readonly JsonEncodedText s_campaignId = Name("campaignId");
    private static readonly JsonEncodedText s_advertiserId = Name("advertiserId");
    private static readonly JsonEncodedText s_costMicros = Name("costMicros");
    private static readonly JsonEncodedText s_clickId = Name("clickId");
    private static readonly JsonEncodedText s_orderId = Name("orderId");
    private static readonly JsonEncodedText s_valueMicros = Name("valueMicros");
    private static readonly JsonEncodedText s_stream = Name("stream");
    private static readonly JsonEncodedText s_values = Name("values");
    private static readonly JsonEncodedText s_click = Name(EventTypes.Click);
    private static readonly JsonEncodedText s_purchase = Name(EventTypes.Purchase);
    private static readonly JsonEncodedText s_telemetry = Name(EventTypes.Telemetry);
    private static readonly JsonEncodedText s_clickSchema = Name("guard/ad-click/1");
    private static readonly JsonEncodedText s_purchaseSchema = Name("guard/purchase/1");
    private static readonly JsonEncodedText s_telemetrySchema = Name("guard/telemetry/1");
    private static readonly JsonEncodedText s_telemetrySource = Name("/telemetry/eu1");
    private static readonly JsonEncodedText[] s_devices = [Name("unknown"), Name("desktop"), Name("mobile"), Name("tablet"), Name("tv")];
    private static readonly JsonEncodedText[] s_marketplaces = [.. MarketplacePlace.All.Select(place => Name(place.Code))];
    private static readonly JsonEncodedText[] s_clickSources = [.. MarketplacePlace.All.Select(place => Name("/ads/click/" + place.Region))];
    private static readonly JsonEncodedText[] s_purchaseSources = [.. MarketplacePlace.All.Select(place => Name("/shop/order/" + place.Region))];

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;
    private readonly Utf8Text _text = new();
    private readonly AdCatalogue _ads;
    private readonly ulong _partitionKey;

    public EventWriter(AdCatalogue ads, ulong seed)
    {
        _ads = ads;
        _partitionKey = SeededRandom.Of(seed, "partition key").Next();
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The line that was written last, its newline included; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Line => _buffer.WrittenMemory;

    public void Click(in SimulatedClick click, long recorded)
    {
        Span<byte> text = stackalloc byte[48];
        Begin(click.Id, s_clickSources[click.Marketplace], s_click, click.Time, recorded);
        _json.WriteString(s_partitionKey, Utf8Text.Id(SeededRandom.Mix(click.User ^ _partitionKey), text));
        _json.WriteString(s_contentType, s_json);
        _json.WriteString(s_schema, s_clickSchema);
        _json.WriteStartObject(s_data);
        _json.WriteString(s_userId, Utf8Text.Id(click.User, text));
        _json.WriteString(s_sessionId, Utf8Text.Id(click.Session, text));
        _json.WriteString(s_ip, text[..click.Address.Format(text)]);
        _json.WriteString(s_userAgent, UserAgents.Text(click.UserAgent));
        _json.WriteBoolean(s_loggedIn, click.LoggedIn);
        _json.WriteString(s_deviceType, s_devices[(int)click.Device]);
        _json.WriteString(s_marketplace, s_marketplaces[click.Marketplace]);
        _json.WriteString(s_placement, AdCatalogue.Placements[click.Placement]);
        _json.WriteString(s_adId, _ads.Ad(click));
        _json.WriteString(s_campaignId, _ads.Campaign(click));
        _json.WriteString(s_advertiserId, _ads.Advertiser(click));
        _json.WriteNumber(s_costMicros, click.CostMicros);
        End();
    }

    /// <summary>Writes the purchase that a click led to, at <see cref="SimulatedClick.PurchaseTime"/>.</summary>
    public void Purchase(in SimulatedClick click, long recorded)
    {
        Span<byte> text = stackalloc byte[16];
        Begin(SeededRandom.Mix(click.Id + 1), s_purchaseSources[click.Marketplace], s_purchase, click.PurchaseTime, recorded);
        _json.WriteString(s_partitionKey, Utf8Text.Id(SeededRandom.Mix(click.User ^ _partitionKey), text));
        _json.WriteString(s_contentType, s_json);
        _json.WriteString(s_schema, s_purchaseSchema);
        _json.WriteStartObject(s_data);
        _json.WriteString(s_clickId, Utf8Text.Id(click.Id, text));
        _json.WriteString(s_userId, Utf8Text.Id(click.User, text));
        _json.WriteString(s_orderId, Utf8Text.Id(SeededRandom.Mix(click.Id + 2), text));
        _json.WriteNumber(s_valueMicros, click.ValueMicros);
        End();
    }

    public void Telemetry(ulong id, JsonEncodedText stream, long time, long recorded, ReadOnlySpan<double> values)
    {
        Begin(id, s_telemetrySource, s_telemetry, time, recorded);
        _json.WriteString(s_contentType, s_json);
        _json.WriteString(s_schema, s_telemetrySchema);
        _json.WriteStartObject(s_data);
        _json.WriteString(s_stream, stream);
        _json.WriteStartArray(s_values);
        foreach (var value in values)
        {
            _json.WriteNumberValue(value);
        }

        _json.WriteEndArray();
        End();
    }

    /// <summary>Replaces the line by other bytes.</summary>
    public void Raw(ReadOnlySpan<byte> line)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(line);
        _buffer.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private static JsonEncodedText Name(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private void Begin(ulong id, JsonEncodedText source, JsonEncodedText type, long time, long recorded)
    {
        Span<byte> text = stackalloc byte[Utf8Text.TimeLength];
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString(s_specVersion, s_version);
        _json.WriteString(s_id, Utf8Text.Id(id, text));
        _json.WriteString(s_source, source);
        _json.WriteString(s_type, type);
        _json.WriteString(s_time, _text.Time(time, text));
        _json.WriteString(s_recordedTime, _text.Time(recorded, text));
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
    }
}
