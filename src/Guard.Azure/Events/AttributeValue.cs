using System.Globalization;
using System.Text;
using System.Text.Json;
using Guard.Core.Clicks;

namespace Guard.Azure.Events;

/// <summary>Writes an attribute's AMQP value in the form that the JSON format of CloudEvents has for its type.</summary>
internal static class AttributeValue
{
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    // The writer itself would put a replacement in place of what is invalid, and make two ids one.
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Rejection Write(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                return WriteText(writer, name, text);
            case Uri address:
                return WriteText(writer, name, address.OriginalString);
            case Guid id:
                writer.WriteString(name, id);
                return default;
            case bool flag:
                writer.WriteBoolean(name, flag);
                return default;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return default;
            case DateTimeOffset time:
                writer.WriteString(name, time.UtcDateTime.ToString(Timestamp, CultureInfo.InvariantCulture));
                return default;
            case DateTime time:
                // An AMQP timestamp is in UTC; a client that says nothing of the kind means it so.
                writer.WriteString(name, (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString(Timestamp, CultureInfo.InvariantCulture));
                return default;
            case byte[] bytes:
                writer.WriteBase64String(name, bytes);
                return default;
            default:
                return new(RejectReason.WrongType, name);
        }
    }

    private static Rejection WriteText(Utf8JsonWriter writer, string name, string text)
    {
        try
        {
            writer.WriteString(name, s_strict.GetBytes(text));
            return default;
        }
        catch (EncoderFallbackException)
        {
            // Half a surrogate pair has no form in UTF-8.
            return new(RejectReason.InvalidText, name);
        }
    }
}
