using System.Globalization;

namespace Guard.Simulation.Events;

/// <summary>Ids and times as UTF-8.</summary>
internal static class Utf8Text
{
    public const int IdLength = 16;
    public const int TimeLength = 24;

    /// <summary>Writes an id: 16 lower-case hexadecimal digits, the same for all that has an id.</summary>
    public static ReadOnlySpan<byte> Id(ulong id, Span<byte> utf8)
    {
        id.TryFormat(utf8, out var length, "x16", CultureInfo.InvariantCulture);
        return utf8[..length];
    }

    /// <summary>Writes a time as RFC 3339 in UTC with milliseconds.</summary>
    public static ReadOnlySpan<byte> Time(long unixMilliseconds, Span<byte> utf8)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime;
        time.GetDate(out var year, out var month, out var day);
        Digits(year, utf8[..4]);
        utf8[4] = (byte)'-';
        Digits(month, utf8[5..7]);
        utf8[7] = (byte)'-';
        Digits(day, utf8[8..10]);
        utf8[10] = (byte)'T';
        Digits(time.Hour, utf8[11..13]);
        utf8[13] = (byte)':';
        Digits(time.Minute, utf8[14..16]);
        utf8[16] = (byte)':';
        Digits(time.Second, utf8[17..19]);
        utf8[19] = (byte)'.';
        Digits(time.Millisecond, utf8[20..23]);
        utf8[23] = (byte)'Z';
        return utf8[..TimeLength];
    }

    private static void GetDate(this DateTime time, out int year, out int month, out int day) => time.Deconstruct(out year, out month, out day);

    private static void Digits(int value, Span<byte> utf8)
    {
        for (var i = utf8.Length - 1; i >= 0; i--)
        {
            utf8[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }
}
