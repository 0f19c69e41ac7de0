using System.Diagnostics.CodeAnalysis;

namespace Guard.Core.Clicks;

/// <summary>
/// The fixed memory through which a stream goes: it is filled block by block, read up to <see cref="Scan"/>, and cut into pieces. Of a piece
/// longer than an event may be only the head is kept.
/// </summary>
internal sealed class PieceBuffer
{
    private const int Hold = EventLimits.EventBytes;
    private const int Head = 4096;

    private readonly byte[] _buffer = new byte[4 * Hold];
    private readonly byte[] _head = new byte[Head];
    private Stream _stream;
    private string _origin;
    private int _start;
    private int _end;

    // Of the piece that begins at _start, or began before it where its head is kept.
    private long _passed;
    private long _bufferOffset;
    private long _pieceLine = 1;

    public PieceBuffer(Stream stream, string origin) => Restart(stream, origin);

    /// <summary>Gets the line that is being read, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Gets whether the stream has ended.</summary>
    public bool Ended { get; private set; }

    /// <summary>Gets where the next byte is read.</summary>
    public int Scan { get; private set; }

    /// <summary>Gets the bytes that were not read yet.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(Scan, _end - Scan);

    /// <summary>Gets the byte that was read last.</summary>
    public byte Last => _buffer[Scan - 1];

    /// <summary>Gets the bytes of the piece that were read and are held.</summary>
    public int Length => Scan - _start;

    /// <summary>Begins another stream in the same memory.</summary>
    [MemberNotNull(nameof(_stream), nameof(_origin))]
    public void Restart(Stream stream, string origin)
    {
        (_stream, _origin) = (stream, origin);
        _start = Scan = _end = 0;
        _passed = _bufferOffset = 0;
        Line = _pieceLine = 1;
        Ended = false;
    }

    /// <summary>Reads the next block.</summary>
    /// <returns><see langword="false"/> where the stream had ended before.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (Ended)
        {
            return false;
        }

        MakeRoom();
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        Ended = read == 0;
        return true;
    }

    /// <summary>Takes as much of a body as there is room for, where there is no stream to read.</summary>
    /// <param name="rest">What is left of the body; its end is told by an empty one.</param>
    /// <returns><see langword="false"/> where the body had ended before.</returns>
    public bool Fill(ref ReadOnlySpan<byte> rest)
    {
        if (Ended)
        {
            return false;
        }

        MakeRoom();
        var taken = rest[..Math.Min(rest.Length, _buffer.Length - _end)];
        taken.CopyTo(_buffer.AsSpan(_end));
        rest = rest[taken.Length..];
        _end += taken.Length;
        Ended = taken.IsEmpty;
        return true;
    }

    /// <summary>Reads on.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <param name="lines">How many line ends are among them.</param>
    public void Pass(int bytes, int lines = 0)
    {
        Scan += bytes;
        Line += lines;
    }

    /// <summary>Begins a piece at the next byte; what was read before it belongs to none.</summary>
    public void Begin()
    {
        _start = Scan;
        _pieceLine = Line;
    }

    /// <summary>Makes the piece that was read, and begins the next.</summary>
    /// <param name="length">The held bytes of the piece.</param>
    /// <param name="piece">The piece; its bytes are valid until the next fill.</param>
    /// <returns>Whether nothing but space is in it.</returns>
    public bool Cut(int length, out RawEvent piece)
    {
        var held = _buffer.AsSpan(_start, length);
        var offset = _bufferOffset + _start - _passed;
        var whole = _passed + length;
        if (whole > Hold)
        {
            var headLength = (int)Math.Min(Head, whole);
            if (_passed < headLength)
            {
                held[..(headLength - (int)_passed)].CopyTo(_head.AsSpan((int)_passed));
            }

            piece = new RawEvent
            {
                Position = new EventPosition(_origin, _pieceLine, offset),
                Bytes = _head.AsSpan(0, headLength),
                Length = whole,
                Rejection = new(RejectReason.EventTooLong, "event"),
            };
        }
        else
        {
            var blank = held.Length - held.TrimStart(" \t\r\n"u8).Length;
            piece = new RawEvent
            {
                Position = new EventPosition(_origin, _pieceLine + held[..blank].Count((byte)'\n'), offset + blank),
                Bytes = held.Trim(" \t\r\n"u8),
                Length = held.Trim(" \t\r\n"u8).Length,
            };
        }

        Begin();
        _passed = 0;
        return piece.Bytes.IsEmpty;
    }

    private void MakeRoom()
    {
        if (_passed + Length > Hold)
        {
            // Too long to be an event: its head stays, the rest is passed over.
            if (_passed < Head)
            {
                _buffer.AsSpan(_start, (int)Math.Min(Length, Head - _passed)).CopyTo(_head.AsSpan((int)_passed));
            }

            _passed += Length;
            _start = Scan;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _bufferOffset += _start;
        Scan -= _start;
        _end -= _start;
        _start = 0;
    }
}
