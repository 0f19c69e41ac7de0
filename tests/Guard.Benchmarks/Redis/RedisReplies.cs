using System.Buffers.Text;
using System.Net.Sockets;

namespace Guard.Benchmarks.Redis;

/// <summary>Reads replies of Redis: whole numbers, short texts and nothing; an error ends the run.</summary>
internal sealed class RedisReplies(Socket socket)
{
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;

    /// <summary>Reads replies in the order of their commands.</summary>
    /// <param name="count">How many.</param>
    /// <param name="numbers">Gets the whole numbers among them, and −1 for each of the others; <see langword="null"/> where nobody wants them.</param>
    public async ValueTask ReadAsync(int count, List<long>? numbers)
    {
        while (count > 0)
        {
            while (count > 0 && TryRead(out var number))
            {
                numbers?.Add(number);
                count--;
            }

            if (count > 0)
            {
                await FillAsync();
            }
        }
    }

    private async ValueTask FillAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await socket.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read > 0 ? read : throw new IOException("Redis closed the connection.");
    }

    private bool TryRead(out long number)
    {
        number = -1;
        var waiting = _buffer.AsSpan(_start, _end - _start);
        var line = waiting.IndexOf("\r\n"u8);
        if (line < 0)
        {
            return false;
        }

        var used = line + 2;
        switch (waiting[0])
        {
            case (byte)':':
                number = Number(waiting[1..line]);
                break;
            case (byte)'$':
                var length = (int)Number(waiting[1..line]);
                used += length < 0 ? 0 : length + 2;
                if (used > waiting.Length)
                {
                    return false;
                }

                break;
            case (byte)'-':
                throw new InvalidOperationException($"Redis refused a command: {System.Text.Encoding.ASCII.GetString(waiting[1..line])}");
        }

        _start += used;
        return true;
    }

    private static long Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long number, out _) ? number : throw new InvalidOperationException("Redis sent a reply that is none.");
}
