using System.Buffers.Text;

namespace Guard.Core.Clicks;

/// <summary>
/// Reads IP addresses from UTF-8 text into 128 bits without allocation; an IPv4 address takes its mapped form
/// <c>::ffff:a.b.c.d</c>, so that both spellings of one address are equal.
/// </summary>
/// <remarks>IPv4 is four decimal numbers without leading zeros, which some readers take for octal (RFC 6943 §3.1.1); IPv6 is RFC 4291 §2.2; a zone after <c>%</c> is no address.</remarks>
public static class NetworkAddress
{
    private static readonly UInt128 s_mapped = (UInt128)0xffff << 32;

    /// <summary>Gets whether an address is an IPv4 one in its mapped form.</summary>
    public static bool IsV4(UInt128 address) => address >> 32 == 0xffff;

    /// <summary>Reads an IPv4 or IPv6 address that fills the text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address)
    {
        if (text.Contains((byte)':'))
        {
            return TryParseV6(text, out address);
        }

        var valid = TryParseV4(text, out var v4);
        address = valid ? s_mapped | v4 : default;
        return valid;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        var value = 0;
        var digits = 0;
        var dots = 0;
        foreach (var c in text)
        {
            if (c == '.' && digits > 0 && dots < 3)
            {
                address = address << 8 | (uint)value;
                (value, digits, dots) = (0, 0, dots + 1);
            }
            else if (c is >= (byte)'0' and <= (byte)'9' && (digits == 0 || value > 0))
            {
                value = value * 10 + (c - '0');
                digits++;
                if (value > 255)
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        address = address << 8 | (uint)value;
        return dots == 3 && digits > 0;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        var head = default(UInt128);
        var groups = 0;
        var gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)':');
            var group = end < 0 ? text : text[..end];
            if (end < 0 && groups <= 6 && TryParseV4(group, out var v4))
            {
                head = head << 32 | v4;
                groups += 2;
                break;
            }

            if (groups == 8 || group.Length is 0 or > 4 || !Utf8Parser.TryParse(group, out ushort value, out var used, 'x') || used != group.Length)
            {
                return false;
            }

            head = head << 16 | value;
            groups++;
            if (end < 0)
            {
                break;
            }

            text = text[(end + 1)..];
            if (text.StartsWith(":"u8))
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = groups;
                text = text[1..];
            }
            else if (text.IsEmpty)
            {
                return false;
            }
        }

        if (gap < 0)
        {
            address = head;
            return groups == 8;
        }

        // The groups after the gap move to the right end; those before it stay at the left.
        var after = groups - gap;
        var low = after == 0 ? default : head & (UInt128.MaxValue >> (128 - 16 * after));
        var high = after == 8 ? default : head >> (16 * after);
        address = low | (gap == 0 ? default : high << (128 - 16 * gap));
        return groups < 8;
    }
}
