using System.Buffers;
using System.Buffers.Text;

namespace Guard.Benchmarks.Redis;

/// <summary>Writes commands in the protocol of Redis (RESP), as arrays of bulk strings.</summary>
internal sealed class RedisCommands
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 20);

    /// <summary>Gets the commands written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Gets how many they are, which is how many replies they get.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }

    /// <summary>Begins a command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">How many arguments follow the name.</param>
    public RedisCommands Command(ReadOnlySpan<byte> name, int arguments)
    {
        Count++;
        Line((byte)'*', arguments + 1);
        return Text(name);
    }

    /// <summary>Writes an argument.</summary>
    public RedisCommands Text(ReadOnlySpan<byte> text)
    {
        Line((byte)'$', text.Length);
        _bytes.Write(text);
        _bytes.Write("\r\n"u8);
        return this;
    }

    /// <summary>Writes a number as an argument.</summary>
    public RedisCommands Number(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        return Text(digits[..length]);
    }

    /// <summary>Writes a floating-point number as an argument.</summary>
    public RedisCommands Number(double value)
    {
        Span<byte> digits = stackalloc byte[32];
        Utf8Formatter.TryFormat(value, digits, out var length, new StandardFormat('G', 9));
        return Text(digits[..length]);
    }

    /// <summary>Writes a key: what it counts, whose it is and, for a window, which one.</summary>
    public RedisCommands Key(ReadOnlySpan<byte> what, ulong whose, long window = -1)
    {
        Span<byte> key = stackalloc byte[64];
        what.CopyTo(key);
        var length = what.Length;
        Utf8Formatter.TryFormat(whose, key[length..], out var written, new StandardFormat('x'));
        length += written;
        if (window >= 0)
        {
            key[length++] = (byte)':';
            Utf8Formatter.TryFormat(window, key[length..], out written, new StandardFormat('x'));
            length += written;
        }

        return Text(key[..length]);
    }

    private void Line(byte kind, int number)
    {
        var line = _bytes.GetSpan(16);
        line[0] = kind;
        Utf8Formatter.TryFormat(number, line[1..], out var digits);
        "\r\n"u8.CopyTo(line[(digits + 1)..]);
        _bytes.Advance(digits + 3);
    }
}
