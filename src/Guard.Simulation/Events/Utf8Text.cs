using System.Buffers.Binary;

namespace Guard.Simulation.Events;

/// <summary>Writes ids and times as UTF-8, and keeps the day that it wrote last.</summary>
internal sealed class Utf8Text
{
    public const int IdLength = 16;
    public const int TimeLength = 24;
    private const long DayMilliseconds = 86_400_000;
    private readonly byte[] _date = "0000-00-00T"u8.ToArray();
    private long _day = long.MinValue;

    /// <summary>Writes an id: 16 lower-case hexadecimal digits, the same for all that has an id.</summary>
    public static ReadOnlySpan<byte> Id(ulong id, Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        Convert.TryToHexStringLower(bytes, utf8, out var length);
        return utf8[..length];
    }

    /// <summary>Writes a time as RFC 3339 in UTC with milliseconds.</summary>
    public ReadOnlySpan<byte> Time(long unixMilliseconds, Span<byte> utf8)
    {
        var (day, within) = Math.DivRem(unixMilliseconds, DayMilliseconds);
        if (day != _day)
        {
            _day = day;
            var date = DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime;
            Digits(date.Year, _date.AsSpan(0, 4));
            Digits(date.Month, _date.AsSpan(5, 2));
            Digits(date.Day, _date.AsSpan(8, 2));
        }

        var milliseconds = (int)within;
        _date.CopyTo(utf8);
        Digits(milliseconds / 3_600_000, utf8.Slice(11, 2));
        utf8[13] = (byte)':';
        Digits(milliseconds / 60_000 % 60, utf8.Slice(14, 2));
        utf8[16] = (byte)':';
        Digits(milliseconds / 1000 % 60, utf8.Slice(17, 2));
        utf8[19] = (byte)'.';
        Digits(milliseconds % 1000, utf8.Slice(20, 3));
        utf8[23] = (byte)'Z';
        return utf8[..TimeLength];
    }

    private static void Digits(int value, Span<byte> utf8)
    {
        for (var i = utf8.Length - 1; i >= 0; i--)
        {
            utf8[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }
}
