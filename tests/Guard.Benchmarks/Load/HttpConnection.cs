using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Guard.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends whole requests and reads whole answers. The load runs on the same cores as
/// the server, so it spends as little on them as it can: no headers but what is needed, no objects a request, no thread but the caller's.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    /// <summary>How much of an answer's body is missing before its head is whole.</summary>
    private const int Unknown = -1;

    /// <summary>The same where the body comes in chunks.</summary>
    private const int Chunked = -2;

    /// <summary>Where an answer says at the latest that its click is not durable yet.</summary>
    private const int EarlyWithin = 64;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _head;
    private readonly byte[] _request = new byte[1 << 10];
    private int _read;
    private int _missing = Unknown;

    private HttpConnection(string path, string contentType, string host)
    {
        _head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {contentType}\r\nContent-Length: ");
        _head.CopyTo(_request, 0);
    }

    /// <summary>Gets the status of the newest answer.</summary>
    public int Status { get; private set; }

    /// <summary>Gets whether the newest answer is a decision whose click was not durable yet.</summary>
    public bool IsEarly { get; private set; }

    /// <summary>Gets the socket's descriptor.</summary>
    public int Descriptor => (int)_socket.Handle;

    /// <summary>Connects to a server.</summary>
    public static HttpConnection Open(Uri address, string path, string contentType)
    {
        var connection = new HttpConnection(path, contentType, address.Authority);
        var host = address.IsLoopback ? IPAddress.Loopback : IPAddress.Parse(address.Host);
        connection._socket.Connect(new IPEndPoint(host, address.Port));
        return connection;
    }

    /// <summary>Sends a request with a body; its answer must be read before the next.</summary>
    public void Send(ReadOnlySpan<byte> body)
    {
        Utf8Formatter.TryFormat(body.Length, _request.AsSpan(_head.Length), out var digits);
        "\r\n\r\n"u8.CopyTo(_request.AsSpan(_head.Length + digits));
        var head = _head.Length + digits + 4;
        (_read, _missing) = (0, Unknown);
        if (body.Length <= _request.Length - head)
        {
            body.CopyTo(_request.AsSpan(head));
            SendAll(_request.AsSpan(0, head + body.Length));
        }
        else
        {
            SendAll(_request.AsSpan(0, head));
            SendAll(body);
        }
    }

    /// <summary>Reads what has come of the answer, waiting for the first of it.</summary>
    /// <returns>Whether the answer is whole; <see cref="Status"/> is its status then.</returns>
    public bool Receive()
    {
        var count = _socket.Receive(_buffer.AsSpan(_read));
        _read += count > 0 ? count : throw new IOException("The server closed a connection under load.");
        if (_missing == Unknown && !TryHead())
        {
            return false;
        }

        if (_missing == Chunked)
        {
            // Over with the empty chunk, which ends the answer since nothing is pipelined.
            var isWhole = _buffer.AsSpan(0, _read).EndsWith("0\r\n\r\n"u8);
            Forget(keep: 8);
            return isWhole;
        }

        _missing -= _read;
        Forget(keep: 0);
        return _missing <= 0;
    }

    /// <summary>Sends a request and waits for its whole answer.</summary>
    /// <returns>The HTTP status.</returns>
    public int Ask(ReadOnlySpan<byte> body)
    {
        Send(body);
        while (!Receive())
        {
        }

        return Status;
    }

    public void Dispose() => _socket.Dispose();

    private bool TryHead()
    {
        var head = _buffer.AsSpan(0, _read);
        var end = head.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        Status = ((head[9] - '0') * 100) + ((head[10] - '0') * 10) + (head[11] - '0');
        var field = head[..(end + 2)].IndexOf("Content-Length: "u8);
        IsEarly = head[(end + 4)..Math.Min(_read, end + EarlyWithin)].IndexOf("\"durable\":false"u8) >= 0;
        _missing = field >= 0 && Utf8Parser.TryParse(head[(field + 16)..], out int length, out _) ? end + 4 + length : Chunked;
        return true;
    }

    private void Forget(int keep)
    {
        keep = Math.Min(keep, _read);
        _buffer.AsSpan(_read - keep, keep).CopyTo(_buffer);
        _read = keep;
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }
}
