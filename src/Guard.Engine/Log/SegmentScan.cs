namespace Guard.Engine.Log;

/// <summary>Reads a segment to its end, and cuts off what is not the log.</summary>
internal sealed class SegmentScan(LogFolder folder, Segment segment, SegmentReader reader, long covered)
{
    private readonly long _end = reader.File.Length;
    private long _offset = SegmentHeader.Size;

    /// <summary>Takes the intact blocks into the segment.</summary>
    /// <param name="following">The first position of the segment behind; <see langword="null"/> for the last.</param>
    /// <returns>Whether the log is broken here, so that no segment may follow.</returns>
    public bool Run(long? following)
    {
        while (true)
        {
            var check = reader.Read(_offset, _end);
            if (check == BlockCheck.Intact && IsNext())
            {
                Add();
            }
            else if (check == BlockCheck.End)
            {
                return false;
            }
            else if (!TryPassOver())
            {
                return Cut(check, following);
            }
        }
    }

    private bool IsNext() => reader.Header.Position == segment.End && (segment.LastChecksum == 0 || reader.Header.Previous == segment.LastChecksum);

    private void Add()
    {
        segment.Add(reader.Header, reader.Checksum, _offset, reader.Body.Span);
        _offset = segment.Length;
    }

    /// <summary>Goes on behind damage that a snapshot covers.</summary>
    private bool TryPassOver()
    {
        var next = reader.Search(_offset + BlockHeader.Alignment, _end, segment.End + 1);
        if (next < 0 || reader.Header.Position > covered)
        {
            return false;
        }

        folder.Journal.Add(LogFault.DamagedBlock, segment.Path, _offset, segment.End,
            $"Positions {segment.End} to {reader.Header.Position - 1} cannot be read; a snapshot covers them, their decisions are lost.");
        _offset = next;
        Add();
        return true;
    }

    private bool Cut(BlockCheck check, long? following)
    {
        if (following <= covered)
        {
            folder.Journal.Add(LogFault.DamagedBlock, segment.Path, _offset, segment.End,
                $"Positions {segment.End} to {following - 1} cannot be read; a snapshot covers them, their decisions are lost.");
            return false;
        }

        if (following is null && (check == BlockCheck.Incomplete || reader.IsZero(_offset, _end)))
        {
            folder.Journal.Add(LogFault.TornTail, segment.Path, _offset, segment.End, $"The last block was not written to its end and was never acknowledged; {_end - _offset} bytes cut off.");
        }
        else
        {
            var aside = SegmentName.AsideOf($"{segment.Path}.{_offset}");
            CopyTo(aside);
            folder.Journal.Add(LogFault.DamagedBlock, segment.Path, _offset, segment.End,
                $"The block is not what was written; the log ends before it, {_end - _offset} bytes set aside in {Path.GetFileName(aside)}.");
        }

        reader.File.SetLength(_offset);
        return following is not null && following != segment.End;
    }

    private void CopyTo(string aside)
    {
        using var copy = folder.Open(aside, FileMode.CreateNew, FileAccess.ReadWrite);
        var bytes = new byte[1 << 20];
        for (var offset = _offset; offset < _end;)
        {
            var read = reader.File.Read(bytes.AsSpan(0, (int)Math.Min(bytes.Length, _end - offset)), offset);
            copy.Write(bytes.AsSpan(0, read), offset - _offset);
            offset += read;
        }

        copy.Flush();
    }
}
