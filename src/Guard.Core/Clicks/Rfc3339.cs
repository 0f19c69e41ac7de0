namespace Guard.Core.Clicks;

/// <summary>Reads RFC 3339 timestamps from UTF-8 text into Unix milliseconds without allocation.</summary>
public static class Rfc3339
{
    /// <summary>Reads a timestamp that fills the text, with any offset; what is finer than a millisecond is cut off.</summary>
    /// <remarks>A leap second (<c>:60</c>, after minute 59) counts as the second after it, as Unix time does.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var year = Two(text, 0) * 100 + Two(text, 2);
        var month = Two(text, 5);
        var day = Two(text, 8);
        var hour = Two(text, 11);
        var minute = Two(text, 14);
        var second = Two(text, 17);
        if ((Two(text, 0) | Two(text, 2) | month | day | hour | minute | second) < 0
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60 || (second == 60 && minute != 59))
        {
            return false;
        }

        var at = 19;
        var fraction = 0;
        if (text[at] == '.')
        {
            var digits = 0;
            for (at++; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++, digits++)
            {
                fraction = digits < 3 ? fraction * 10 + (text[at] - '0') : fraction;
            }

            if (digits == 0)
            {
                return false;
            }

            fraction *= digits switch { 1 => 100, 2 => 10, _ => 1 };
        }

        if (!TryOffset(text[at..], out var offsetMinutes))
        {
            return false;
        }

        var days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;
        milliseconds = ((days * 24 + hour) * 60 + minute - offsetMinutes) * 60_000 + second * 1000 + fraction;
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
        {
            return false;
        }

        var hour = Two(text, 1);
        var minute = Two(text, 4);
        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59;
    }

    // The value of two digits, or a negative number.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? tens * 10 + ones : -1;
    }
}
