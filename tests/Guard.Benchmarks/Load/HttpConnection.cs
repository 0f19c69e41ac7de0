using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Guard.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends whole requests and reads whole answers. The load runs on the same cores as
/// the server, so it spends as little on them as it can: no headers but what is needed, no objects a request.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _head;
    private readonly int _headLength;
    private readonly byte[] _request = new byte[1 << 10];

    private HttpConnection(string path, string contentType, string host)
    {
        var head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {contentType}\r\nContent-Length: ");
        (_head, _headLength) = (head, head.Length);
        head.CopyTo(_request, 0);
    }

    /// <summary>Connects to a server.</summary>
    public static async Task<HttpConnection> OpenAsync(Uri address, string path, string contentType, CancellationToken cancellation)
    {
        var connection = new HttpConnection(path, contentType, address.Authority);
        var host = address.IsLoopback ? IPAddress.Loopback : IPAddress.Parse(address.Host);
        await connection._socket.ConnectAsync(new IPEndPoint(host, address.Port), cancellation);
        return connection;
    }

    /// <summary>Sends a body and reads the whole answer.</summary>
    /// <returns>The HTTP status.</returns>
    public async ValueTask<int> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Utf8Formatter.TryFormat(body.Length, _request.AsSpan(_headLength), out var digits);
        "\r\n\r\n"u8.CopyTo(_request.AsSpan(_headLength + digits));
        var head = _headLength + digits + 4;
        if (body.Length <= _request.Length - head)
        {
            body.CopyTo(_request.AsMemory(head));
            await SendAsync(_request.AsMemory(0, head + body.Length), cancellation);
        }
        else
        {
            await SendAsync(_request.AsMemory(0, head), cancellation);
            await SendAsync(body, cancellation);
        }

        return await AnswerAsync(cancellation);
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, cancellation)..];
        }
    }

    private async ValueTask<int> AnswerAsync(CancellationToken cancellation)
    {
        var (read, head) = (0, -1);
        while (head < 0)
        {
            read += await ReceiveAsync(read, cancellation);
            head = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var status = ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + (_buffer[11] - '0');
        var start = head + 4;
        if (TryLength(_buffer.AsSpan(0, head + 2), out var length))
        {
            for (var rest = start + length - read; rest > 0;)
            {
                rest -= await ReceiveAsync(0, cancellation);
            }

            return status;
        }

        // Chunked: over with the empty chunk, which ends the answer since nothing is pipelined.
        while (!_buffer.AsSpan(0, read).EndsWith("0\r\n\r\n"u8))
        {
            // An answer longer than the buffer keeps its last bytes alone.
            if (read > _buffer.Length / 2)
            {
                _buffer.AsSpan(read - 8, 8).CopyTo(_buffer);
                read = 8;
            }

            read += await ReceiveAsync(read, cancellation);
        }

        return status;
    }

    private async ValueTask<int> ReceiveAsync(int at, CancellationToken cancellation)
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(at), cancellation);
        return count > 0 ? count : throw new IOException("The server closed a connection under load.");
    }

    private static bool TryLength(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        var field = head.IndexOf("Content-Length: "u8);
        return field >= 0 && Utf8Parser.TryParse(head[(field + 16)..], out length, out _);
    }
}
