using System.Text;

namespace Guard.Simulation.Events;

/// <summary>
/// Spoils a click's line in one of many ways, each of which no reader may take for a click: JSON that is cut, binary
/// garbage, values of a wrong type or beyond any bound, and fields that must not be missing. No line holds a newline.
/// </summary>
internal static class MalformedEvents
{
    public const int Kinds = 18;

    public static byte[] Spoil(ReadOnlySpan<byte> line, int kind, ref SeededRandom random)
    {
        var text = Encoding.UTF8.GetString(line).TrimEnd('\n');
        return kind switch
        {
            0 => Encoding.UTF8.GetBytes(text[..(1 + random.Index(text.Length - 1))]),
            1 => Binary(16 + random.Index(400), ref random),
            2 => Utf8(Value(text, "costMicros", "\"a lot\"")),
            3 => Utf8(Value(text, "costMicros", "-350000")),
            4 => Utf8(Value(text, "costMicros", "NaN")),
            5 => Utf8(Value(text, "costMicros", "9e99")),
            6 => Utf8(Value(text, "time", "\"1601-01-01T00:00:00.000Z\"")),
            7 => Utf8(Value(text, "time", "\"9999-12-31T23:59:59.999Z\"")),
            8 => Utf8(Value(text, "time", "\"yesterday\"")),
            9 => Utf8(Value(text, "time", "12345")),
            10 => Utf8(Value(text, "userId", $"\"{new string('a', 5000)}\"")),
            11 => Utf8(Value(text, "placement", $"\"{new string('b', 70_000)}\"")),
            12 => Utf8(Without(text, "id")),
            13 => Utf8(Without(text, "type")),
            14 => Utf8(Without(text, "time")),
            15 => Utf8(Value(text, "data", "null", rest: true)),
            16 => Utf8(Value(text, "loggedIn", "\"perhaps\"")),
            _ => InvalidUtf8(line[..^1]),
        };
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Binary(int length, ref SeededRandom random)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.Next() is var value && value is (byte)'\n' or (byte)'\r' ? (byte)0 : value;
        }

        // A first byte that starts neither a JSON value nor a UTF-8 sequence.
        bytes[0] = 0xFE;
        return bytes;
    }

    private static byte[] InvalidUtf8(ReadOnlySpan<byte> line)
    {
        var bytes = line.ToArray();
        bytes[bytes.AsSpan().IndexOf("\"userId\":\""u8) + 12] = 0xFF;
        return bytes;
    }

    private static (int Start, int End) Find(string text, string property)
    {
        var start = text.IndexOf($"\"{property}\":", StringComparison.Ordinal) + property.Length + 3;
        var end = text[start] == '"' ? text.IndexOf('"', start + 1) + 1 : text.AsSpan(start).IndexOfAny(',', '}') + start;
        return (start, end);
    }

    private static string Value(string text, string property, string value, bool rest = false)
    {
        var (start, end) = Find(text, property);
        return text[..start] + value + (rest ? "}" : text[end..]);
    }

    /// <summary>Removes a property that is followed by another.</summary>
    private static string Without(string text, string property)
    {
        var (start, end) = Find(text, property);
        return text[..(start - property.Length - 3)] + text[(end + 1)..];
    }
}
