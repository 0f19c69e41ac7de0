using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Guard.Core.Clicks;

/// <summary>
/// Splits a stream into lines, or into the elements of JSON arrays, in one fixed buffer: a piece longer than an event may
/// be is passed over and only its head is kept. Splitting does not validate; that is the decoder's part.
/// </summary>
public sealed class EventSplitter
{
    private const int Hold = EventLimits.EventBytes;
    private const int Head = 4096;
    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[],\n"u8);
    private static readonly SearchValues<byte> s_stringEnd = SearchValues.Create("\"\\"u8);

    private readonly byte[] _buffer = new byte[4 * Hold];
    private readonly byte[] _head = new byte[Head];
    private Stream _stream;
    private string _origin;
    private bool _mayBeArray;
    private Splitting _splitting;
    private int _start;
    private int _scan;
    private int _end;
    private bool _ended;

    // Of the piece that begins at _start, or began before it where its head is kept.
    private long _passed;
    private long _bufferOffset;
    private long _line = 1;
    private long _pieceLine = 1;
    private int _depth;
    private bool _inString;
    private bool _afterComma;

    /// <summary>Begins a stream.</summary>
    /// <param name="stream">The stream; whoever opened it closes it.</param>
    /// <param name="origin">What positions name.</param>
    /// <param name="splitting">How it is split.</param>
    public EventSplitter(Stream stream, string origin, Splitting splitting) => Restart(stream, origin, splitting);

    /// <summary>Begins another stream in the same memory, and forgets what was left of the one before.</summary>
    [MemberNotNull(nameof(_stream), nameof(_origin))]
    public void Restart(Stream stream, string origin, Splitting splitting)
    {
        (_stream, _origin, _splitting) = (stream, origin, splitting);
        _mayBeArray = splitting == Splitting.Undecided;
        _start = _scan = _end = _depth = 0;
        _passed = _bufferOffset = 0;
        _line = _pieceLine = 1;
        _ended = _inString = _afterComma = false;
    }

    /// <summary>Gets the line that is being read, from 1.</summary>
    public long Line => _line;

    /// <summary>Reads the next block. Call it when <see cref="TryNext"/> found nothing more.</summary>
    /// <returns><see langword="false"/> where the stream had ended before.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _ended = read == 0;
        return true;
    }

    /// <summary>Takes as much of a body as there is room for, where there is no stream to read.</summary>
    /// <param name="rest">What is left of the body; its end is told by an empty one.</param>
    /// <returns><see langword="false"/> where the body had ended before.</returns>
    public bool Fill(ref ReadOnlySpan<byte> rest)
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        var taken = rest[..Math.Min(rest.Length, _buffer.Length - _end)];
        taken.CopyTo(_buffer.AsSpan(_end));
        rest = rest[taken.Length..];
        _end += taken.Length;
        _ended = taken.IsEmpty;
        return true;
    }

    /// <summary>Gets the next piece that the buffer holds whole; after the stream's end, also an unfinished last one.</summary>
    public bool TryNext(out RawEvent piece)
    {
        while (true)
        {
            if (_splitting == Splitting.Undecided && !TryDecide())
            {
                piece = default;
                return false;
            }

            var (found, length) = _splitting == Splitting.Lines ? ScanLine() : ScanElement();
            if (!found)
            {
                return TryLast(out piece);
            }

            var closesArray = _splitting == Splitting.Array && _buffer[_scan - 1] == ']';
            var isEmpty = Cut(length, out piece);
            if (_splitting == Splitting.Array)
            {
                var misplacedComma = isEmpty && (_afterComma || !closesArray);
                _afterComma = !closesArray;
                _splitting = closesArray ? Splitting.Undecided : Splitting.Array;
                isEmpty = isEmpty && !misplacedComma;
            }

            if (!isEmpty)
            {
                return true;
            }
        }
    }

    // The first character that is no space tells arrays from lines.
    private bool TryDecide()
    {
        for (; _scan < _end; _scan++)
        {
            switch (_buffer[_scan])
            {
                case (byte)'\n':
                    _line++;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                case (byte)'[' when _mayBeArray:
                    _splitting = Splitting.Array;
                    _afterComma = false;
                    _start = ++_scan;
                    _pieceLine = _line;
                    return true;
                default:
                    _splitting = Splitting.Lines;
                    _start = _scan;
                    _pieceLine = _line;
                    return true;
            }
        }

        _start = _scan;
        return false;
    }

    private (bool Found, int Length) ScanLine()
    {
        var at = _buffer.AsSpan(_scan, _end - _scan).IndexOf((byte)'\n');
        _scan = at < 0 ? _end : _scan + at + 1;
        _line += at < 0 ? 0 : 1;
        return (at >= 0, _scan - 1 - _start);
    }

    private (bool Found, int Length) ScanElement()
    {
        while (_scan < _end)
        {
            var rest = _buffer.AsSpan(_scan, _end - _scan);
            if (_inString)
            {
                var at = rest.IndexOfAny(s_stringEnd);
                var isEscape = at >= 0 && rest[at] == '\\';
                if (isEscape && at + 1 == rest.Length && !_ended)
                {
                    // What is escaped comes with the next block.
                    _line += rest[..at].Count((byte)'\n');
                    _scan += at;
                    return (false, 0);
                }

                var step = at < 0 ? rest.Length : Math.Min(rest.Length, isEscape ? at + 2 : at + 1);
                _line += rest[..step].Count((byte)'\n');
                _scan += step;
                _inString = at < 0 || isEscape;
                continue;
            }

            var next = rest.IndexOfAny(s_structure);
            if (next < 0)
            {
                _scan = _end;
                break;
            }

            _scan += next + 1;
            switch (rest[next])
            {
                case (byte)'\n':
                    _line++;
                    break;
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                case (byte)',' when _depth == 0:
                    return (true, _scan - 1 - _start);
                case (byte)']' when _depth == 0:
                    return (true, _scan - 1 - _start);
                case (byte)'}' or (byte)']' when _depth > 0:
                    _depth--;
                    break;
                default:
                    break;
            }
        }

        return (false, 0);
    }

    private bool TryLast(out RawEvent piece)
    {
        piece = default;
        if (!_ended)
        {
            return false;
        }

        var inArray = _splitting == Splitting.Array;
        _scan = _end;
        var isEmpty = Cut(_end - _start, out piece);
        _splitting = Splitting.Undecided;
        if (!inArray)
        {
            return !isEmpty;
        }

        piece = new RawEvent
        {
            Position = piece.Position,
            Bytes = piece.Bytes,
            Length = piece.Length,
            Rejection = new(RejectReason.Malformed, "the batch array is cut short"),
        };
        return true;
    }

    // Makes the piece from _start on, and goes on behind _scan. Whether nothing but space is in it is the result.
    private bool Cut(int length, out RawEvent piece)
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

        _start = _scan;
        _pieceLine = _line;
        _passed = 0;
        _depth = 0;
        _inString = false;
        return piece.Bytes.IsEmpty;
    }

    private void MakeRoom()
    {
        var length = _scan - _start;
        if (_passed + length > Hold)
        {
            // Too long to be an event: its head stays, the rest is passed over.
            if (_passed < Head)
            {
                _buffer.AsSpan(_start, (int)Math.Min(length, Head - _passed)).CopyTo(_head.AsSpan((int)_passed));
            }

            _passed += length;
            _start = _scan;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _bufferOffset += _start;
        _scan -= _start;
        _end -= _start;
        _start = 0;
    }
}
