using System.Globalization;

namespace Guard.Simulation.Events;

/// <summary>An IP address: IPv4 where <paramref name="Prefix"/> is 0, else an IPv6 /64 and the interface in it.</summary>
internal readonly record struct Address(ulong Prefix, ulong Rest)
{
    private static ReadOnlySpan<byte> FirstOctets =>
        [24, 31, 37, 46, 62, 71, 73, 76, 77, 79, 80, 82, 84, 86, 87, 88, 91, 93, 95, 98, 109, 121, 126, 153, 176, 178, 188, 189, 201, 217];

    private static ReadOnlySpan<ushort> FirstGroups => [0x2001, 0x2400, 0x2405, 0x240e, 0x2600, 0x2601, 0x2604, 0x2804, 0x2a00, 0x2a01, 0x2a02, 0x2a0d];

    /// <summary>The same draw for homes, gateways, carriers and robots, so that no spelling tells them apart.</summary>
    public static Address Draw(ref SeededRandom random, double ipv6)
    {
        if (random.Chance(ipv6))
        {
            // The second group keeps clear of 2001:0000 to 2001:0fff, where the special blocks lie.
            var second = 0x1000UL + (ulong)random.Index(0xF000);
            var prefix = ((ulong)FirstGroups[random.Index(FirstGroups.Length)] << 48) | (second << 32) | (random.Next() >> 32);
            return new Address(prefix, random.Next());
        }

        ulong octets = FirstOctets[random.Index(FirstOctets.Length)];
        octets = (octets << 8) + (ulong)random.Index(256);
        octets = (octets << 8) + (ulong)random.Index(256);
        return new Address(0, (octets << 8) | (1 + (ulong)random.Index(254)));
    }

    /// <summary>The same home in another session: an IPv6 interface changes with privacy extensions, an IPv4 address stays.</summary>
    public Address Again(ref SeededRandom random) => Prefix == 0 ? this : this with { Rest = random.Next() };

    /// <summary>Writes the address as UTF-8; 45 bytes always suffice.</summary>
    public int Format(Span<byte> utf8)
    {
        var length = 0;
        for (var i = 0; i < (Prefix == 0 ? 4 : 8); i++)
        {
            if (i > 0)
            {
                utf8[length++] = Prefix == 0 ? (byte)'.' : (byte)':';
            }

            int written;
            if (Prefix == 0)
            {
                ((byte)(Rest >> (24 - 8 * i))).TryFormat(utf8[length..], out written, default, CultureInfo.InvariantCulture);
            }
            else
            {
                ((ushort)((i < 4 ? Prefix : Rest) >> (48 - 16 * (i % 4)))).TryFormat(utf8[length..], out written, "x", CultureInfo.InvariantCulture);
            }

            length += written;
        }

        return length;
    }
}
