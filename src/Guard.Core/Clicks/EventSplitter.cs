namespace Guard.Core.Clicks;

/// <summary>
/// Splits a stream into lines, or into the elements of JSON arrays, in one fixed buffer: a piece longer than an event may
/// be is passed over and only its head is kept. Splitting does not validate; that is the decoder's part.
/// </summary>
public sealed class EventSplitter
{
    private readonly PieceBuffer _buffer;
    private readonly ArrayScan _array;
    private bool _mayBeArray;
    private Splitting _splitting;
    private bool _afterComma;

    /// <summary>Begins a stream.</summary>
    /// <param name="stream">The stream; whoever opened it closes it.</param>
    /// <param name="origin">What positions name.</param>
    /// <param name="splitting">How it is split.</param>
    public EventSplitter(Stream stream, string origin, Splitting splitting)
    {
        _buffer = new PieceBuffer(stream, origin);
        _array = new ArrayScan(_buffer);
        Decide(splitting);
    }

    /// <summary>Gets the line that is being read, from 1.</summary>
    public long Line => _buffer.Line;

    /// <summary>Begins another stream in the same memory, and forgets what was left of the one before.</summary>
    public void Restart(Stream stream, string origin, Splitting splitting)
    {
        _buffer.Restart(stream, origin);
        Decide(splitting);
    }

    /// <summary>Reads the next block. Call it when <see cref="TryNext"/> found nothing more.</summary>
    /// <returns><see langword="false"/> where the stream had ended before.</returns>
    public ValueTask<bool> FillAsync(CancellationToken cancellationToken) => _buffer.FillAsync(cancellationToken);

    /// <summary>Takes as much of a body as there is room for, where there is no stream to read. Call it when <see cref="TryNext"/> found nothing more.</summary>
    /// <param name="rest">What is left of the body; its end is told by an empty one.</param>
    /// <returns><see langword="false"/> where the body had ended before.</returns>
    public bool Fill(ref ReadOnlySpan<byte> rest) => _buffer.Fill(ref rest);

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

            if (!(_splitting == Splitting.Lines ? ScanLine() : _array.Run()))
            {
                return TryLast(out piece);
            }

            var closesArray = _splitting == Splitting.Array && _buffer.Last == ']';
            var isEmpty = Cut(_buffer.Length - 1, out piece);
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

    private void Decide(Splitting splitting)
    {
        _mayBeArray = splitting == Splitting.Undecided;
        _splitting = splitting;
        _afterComma = false;
        _array.Restart();
    }

    // The first character that is no space tells arrays from lines.
    private bool TryDecide()
    {
        for (; !_buffer.Rest.IsEmpty; _buffer.Pass(1))
        {
            switch (_buffer.Rest[0])
            {
                case (byte)'\n':
                    _buffer.Pass(0, 1);
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                case (byte)'[' when _mayBeArray:
                    _splitting = Splitting.Array;
                    _afterComma = false;
                    _buffer.Pass(1);
                    _buffer.Begin();
                    return true;
                default:
                    _splitting = Splitting.Lines;
                    _buffer.Begin();
                    return true;
            }
        }

        _buffer.Begin();
        return false;
    }

    private bool ScanLine()
    {
        var rest = _buffer.Rest;
        var at = rest.IndexOf((byte)'\n');
        _buffer.Pass(at < 0 ? rest.Length : at + 1, at < 0 ? 0 : 1);
        return at >= 0;
    }

    private bool TryLast(out RawEvent piece)
    {
        piece = default;
        if (!_buffer.Ended)
        {
            return false;
        }

        var inArray = _splitting == Splitting.Array;
        _buffer.Pass(_buffer.Rest.Length);
        var isEmpty = Cut(_buffer.Length, out piece);
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

    private bool Cut(int length, out RawEvent piece)
    {
        _array.Restart();
        return _buffer.Cut(length, out piece);
    }
}
