namespace Guard.Engine.Log;

/// <summary>Reads the durable blocks of a log in order, also while it is written. Not for two threads at once.</summary>
public sealed class LogCursor : IDisposable
{
    private readonly LogFolder _folder;
    private readonly SegmentList _segments;
    private Segment? _segment;
    private SegmentReader? _reader;
    private long _offset;

    internal LogCursor(LogFolder folder, SegmentList segments, long position)
    {
        (_folder, _segments, Position) = (folder, segments, position);
    }

    /// <summary>Gets the position of the block that is read next; behind a gap the block that follows has a greater one.</summary>
    public long Position { get; private set; }

    /// <summary>Reads the next durable block.</summary>
    /// <param name="block">The block, valid until the next read.</param>
    /// <returns>Whether there was one; <see langword="false"/> at the durable end, where a later call may find more.</returns>
    /// <remarks>A block that cannot be read is said once among the log's findings and passed over.</remarks>
    /// <exception cref="IOException">The disk fails.</exception>
    public bool TryRead(out LogBlock block)
    {
        while (TryEnter())
        {
            var end = _segment!.Length;
            var check = _reader!.Read(_offset, end);
            if (check is BlockCheck.Damaged or BlockCheck.Incomplete)
            {
                if (_segments.Current.Contains(_segment))
                {
                    PassOver(end);
                }
                else
                {
                    // Dropped meanwhile, and its bytes go.
                    GoOn(_segments.After(_segment));
                }

                continue;
            }

            if (check == BlockCheck.End)
            {
                var next = _segments.After(_segment);
                if (next is null && _segments.Current.Contains(_segment))
                {
                    break;
                }

                // The segment may have grown between the two looks; now that it has a successor, or was dropped, it grows no more.
                if (_offset == _segment.Length)
                {
                    GoOn(next);
                }

                continue;
            }

            _offset += _reader.Header.BlockLength;
            if (_reader.Header.Position >= Position)
            {
                Position = _reader.Header.Position + 1;
                block = new LogBlock(_reader.Header, _reader.Body);
                return true;
            }
        }

        block = default;
        return false;
    }

    /// <summary>Closes the file that is being read.</summary>
    public void Dispose() => Leave();

    private bool TryEnter()
    {
        while (_reader is null)
        {
            if ((_segments.ByPosition(Position) ?? _segments.Current.FirstOrDefault()) is not { } segment)
            {
                return false;
            }

            Position = Math.Max(Position, segment.First);
            try
            {
                _reader = new SegmentReader(_folder.Read(segment));
            }
            catch (FileNotFoundException) when (!_segments.Current.Contains(segment))
            {
                continue; // Dropped meanwhile.
            }

            _segment = segment;
            _offset = segment.Places.ByPosition(Position)?.Offset ?? SegmentHeader.Size;
        }

        return true;
    }

    private void PassOver(long end)
    {
        var next = _reader!.Search(_offset + BlockHeader.Alignment, end, Position);
        _folder.Journal.Add(LogFault.DamagedBlock, _segment!.Path, _offset, Position, next < 0
            ? "The blocks from here to the segment's end cannot be read and are passed over."
            : $"The blocks up to position {_reader.Header.Position} cannot be read and are passed over.");
        _offset = next < 0 ? end : next;
    }

    private void GoOn(Segment? next)
    {
        Position = Math.Max(Position, next?.First ?? 0);
        Leave();
    }

    private void Leave()
    {
        _reader?.Dispose();
        (_reader, _segment) = (null, null);
    }
}
