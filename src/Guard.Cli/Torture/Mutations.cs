using System.Text;

namespace Guard.Cli.Torture;

/// <summary>Spoils events, and makes up what never was one. A result is one line and not blank; now and then it is a valid event all the same.</summary>
internal sealed class Mutations(Random random)
{
    private const int GreatestLength = 100_000;
    private static readonly string[] s_values =
    [
        "null", "true", "[]", "{}", "\"\"", "-1", "-0", "0", "1e308", "1e-400", "9e999", "NaN", "Infinity", "99999999999999999999", "0x10", "01", "1.", ".5", "-",
        "\"\\ud800\"", "\"\\u0000\"", "\"\\q\"", "\"\\u12\"", "\"\u202e\"", "\"1601-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2026-02-30T00:00:00Z\"", "\"::ffff:999.1.1.1\"",
        "[[[[[[[[[[", "{\"a\":", "\"unfinished", "'single'", "undefined", "/*", "\"a\"\"b\"",
    ];

    private static readonly string[] s_tokens = ["{", "}", "[", "]", ":", ",", "\"", "\\", "null", "true", "1e9", "\"id\"", "\"data\"", "\"type\"", "\"guard.ad.click.v1\"", " ", "\t", "\"time\":", "\u00e4", "\ufeff"];

    /// <summary>Makes a line out of a valid event.</summary>
    public byte[] Spoil(ReadOnlySpan<byte> valid)
    {
        var bytes = random.Next(13) switch
        {
            0 => Flip(valid),
            1 => Cut(valid),
            2 => Twice(valid),
            3 => Insert(valid),
            4 => valid[..random.Next(1, valid.Length)].ToArray(),
            5 or 6 or 7 => Value(valid),
            8 => Noise(random.Next(1, 600)),
            9 => Tokens(),
            10 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "[" : "{\"a\":", random.Next(1, 20_000)))),
            11 => Long(valid),
            _ => Mix(valid),
        };
        return Line(bytes);
    }

    /// <summary>Makes random bytes.</summary>
    public byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Line(byte[] bytes)
    {
        var blank = true;
        foreach (ref var each in bytes.AsSpan())
        {
            each = each is (byte)'\n' or (byte)'\r' ? (byte)'.' : each;
            blank &= each is (byte)' ' or (byte)'\t';
        }

        return blank ? "?"u8.ToArray() : bytes;
    }

    private byte[] Flip(ReadOnlySpan<byte> valid)
    {
        var bytes = valid.ToArray();
        for (var flips = random.Next(1, 9); flips > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private byte[] Cut(ReadOnlySpan<byte> valid)
    {
        var (start, end) = Span(valid);
        return [.. valid[..start], .. valid[end..]];
    }

    private byte[] Twice(ReadOnlySpan<byte> valid)
    {
        var (start, end) = Span(valid);
        return [.. valid[..end], .. valid[start..]];
    }

    private byte[] Insert(ReadOnlySpan<byte> valid)
    {
        var at = random.Next(valid.Length);
        return [.. valid[..at], .. Noise(random.Next(1, 40)), .. valid[at..]];
    }

    /// <summary>Puts an unlikely value in the place of one.</summary>
    private byte[] Value(ReadOnlySpan<byte> valid)
    {
        var colon = random.Next(valid.Length);
        colon += Math.Max(0, valid[colon..].IndexOf("\":"u8)) + 2;
        var rest = valid[Math.Min(colon, valid.Length)..];
        var end = rest.IndexOfAny((byte)',', (byte)'}');
        return [.. valid[..Math.Min(colon, valid.Length)], .. Encoding.UTF8.GetBytes(s_values[random.Next(s_values.Length)]), .. rest[Math.Max(end, 0)..]];
    }

    private byte[] Tokens()
    {
        var text = new StringBuilder("{");
        for (var count = random.Next(1, 60); count > 0; count--)
        {
            text.Append(s_tokens[random.Next(s_tokens.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private byte[] Long(ReadOnlySpan<byte> valid)
    {
        var quote = valid.LastIndexOf((byte)'"');
        var filler = new byte[random.Next(1, GreatestLength)];
        filler.AsSpan().Fill((byte)'x');
        return [.. valid[..quote], .. filler, .. valid[quote..]];
    }

    /// <summary>Joins two halves at places of their own.</summary>
    private byte[] Mix(ReadOnlySpan<byte> valid) => [.. valid[..random.Next(1, valid.Length)], .. valid[random.Next(1, valid.Length)..]];

    private (int Start, int End) Span(ReadOnlySpan<byte> valid)
    {
        var start = random.Next(valid.Length - 1);
        return (start, Math.Min(valid.Length, start + random.Next(1, 60)));
    }
}
