using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Streams;

/// <summary>Writes starts and ends of alerts as CloudEvents 1.0 JSON of type <see cref="EventTypes.Alert"/>.</summary>
/// <remarks>
/// <para>The event's <c>id</c> is the alert's with <c>.started</c> or <c>.ended</c>, its <c>source</c> <c>/guard/alerts</c>, its <c>subject</c> the stream, and
/// its <c>time</c> when the alert started or when its last unusual reading came. The same event gives the same bytes.</para>
/// <para><c>data</c>: <c>alertId</c>; <c>phase</c>, <c>started</c> or <c>ended</c>; <c>number</c>, the event's number among the host's alert events;
/// <c>stream</c>; <c>start</c>, <c>peak</c> and, once it ended, <c>end</c>, as RFC 3339; <c>score</c>, the greatest anomaly score so far, in [0, 1];
/// <c>expected</c> and <c>observed</c>, of the peak, <c>null</c> where they are no finite number; <c>contributions</c>, at most three of
/// <c>dimension</c> and <c>share</c>, the greatest first.</para>
/// </remarks>
public static class AlertEventWriter
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one event.</summary>
    public static void Write(IBufferWriter<byte> output, AlertEvent alertEvent)
    {
        ArgumentNullException.ThrowIfNull(alertEvent);
        var (id, _, stream, alert) = alertEvent.Alert;
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, alertEvent.Id);
        json.WriteString("source"u8, "/guard/alerts"u8);
        json.WriteString("type"u8, EventTypes.Alert);
        json.WriteString("subject"u8, stream);
        json.WriteString("time"u8, Time(alertEvent.Phase == AlertPhase.Started ? alert.Start : alert.End ?? alert.Peak));
        json.WriteString("datacontenttype"u8, "application/json"u8);
        json.WriteStartObject("data"u8);
        json.WriteString("alertId"u8, id);
        json.WriteString("phase"u8, alertEvent.Phase == AlertPhase.Started ? "started"u8 : "ended"u8);
        json.WriteNumber("number"u8, alertEvent.Number);
        json.WriteString("stream"u8, stream);
        json.WriteString("start"u8, Time(alert.Start));
        json.WriteString("peak"u8, Time(alert.Peak));
        if (alert.End is { } end)
        {
            json.WriteString("end"u8, Time(end));
        }

        WriteNumber(json, "score"u8, alert.Score);
        WriteNumber(json, "expected"u8, alert.Expected);
        WriteNumber(json, "observed"u8, alert.Observed);
        json.WriteStartArray("contributions"u8);
        foreach (var contribution in alert.Contributions)
        {
            json.WriteStartObject();
            json.WriteNumber("dimension"u8, contribution.Dimension);
            WriteNumber(json, "share"u8, contribution.Share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Time(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
