using Guard.Engine.Files;

namespace Guard.Engine.Log;

/// <summary>Opens the files of a log: checks them, keeps the intact beginning, and sets aside what cannot follow it.</summary>
internal sealed class LogRecovery(LogFolder folder, long covered)
{
    private readonly SegmentList _segments = new();
    private readonly LogJournal _journal = folder.Journal;
    private Segment? _last;
    private bool _broken;

    public RecoveredLog Run()
    {
        var files = SegmentName.List(folder.Path);
        var headers = files.ConvertAll(file => ReadHeader(file.Path)); // Before anything is changed, so that another version's log stays whole.
        for (var index = 0; index < files.Count; index++)
        {
            var (first, path) = files[index];
            var isEmpty = new FileInfo(path).Length < SegmentHeader.Size;
            if (isEmpty)
            {
                DropEmpty(path, first);
            }
            else if (Follows(path, first, headers[index]))
            {
                Take(path, headers[index] ?? Stand(path, first), index == files.Count - 1 ? null : files[index + 1].First);
            }
        }

        var recovered = End();
        foreach (var segment in _segments.Current.Where(segment => segment != recovered.Tail))
        {
            segment.Close();
        }

        DeleteLeftovers();
        AsideFiles.Prune(folder);
        DiskFlush.Flush(folder.Path);
        return recovered;
    }

    private SegmentHeader? ReadHeader(string path)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        using var file = folder.Open(path, FileMode.Open, FileAccess.Read);
        var read = file.Read(bytes, 0);
        return SegmentHeader.TryRead(bytes[..read], path, out var header) ? header : null;
    }

    private void DropEmpty(string path, long first)
    {
        File.Delete(path);
        _journal.Add(LogFault.EmptySegment, path, 0, first, "The segment had not even a header, as after a crash while it was made; removed.");
    }

    /// <summary>Makes up the header of a segment that lost it.</summary>
    private SegmentHeader Stand(string path, long first)
    {
        _journal.Add(LogFault.DamagedHeader, path, 0, first, "The segment's header is damaged; its name and its blocks stand in for it.");
        return new SegmentHeader(first, _last?.NextNumber ?? 0, new DateTimeOffset(File.GetLastWriteTimeUtc(path)));
    }

    /// <summary>Whether a segment may follow what was kept so far; one that may not is set aside.</summary>
    private bool Follows(string path, long first, SegmentHeader? header)
    {
        var expected = _last?.End ?? Math.Min(first, covered);
        if (_broken)
        {
            SetAside(path);
            _journal.Add(LogFault.MisplacedSegment, path, 0, first, "The segment comes behind a break and cannot be applied; set aside under another name.");
            return false;
        }

        if (header is { First: var named } && named != first)
        {
            SetAside(path);
            _journal.Add(LogFault.MisplacedSegment, path, 0, first, $"The segment is named {first} and begins at position {named}; set aside under another name.");
            return false;
        }

        if (first < expected)
        {
            SetAside(path);
            _journal.Add(LogFault.MisplacedSegment, path, 0, first, $"The segment repeats positions before {expected}; set aside under another name.");
            return false;
        }

        if (first == expected)
        {
            return true;
        }

        if (first <= covered)
        {
            _journal.Add(LogFault.MissingSegment, path, 0, expected, $"Positions {expected} to {first - 1} are missing before this segment; a snapshot covers them, their decisions are lost.");
            return true;
        }

        _broken = true;
        SetAside(path);
        _journal.Add(LogFault.MissingSegment, path, 0, expected, $"Positions {expected} to {first - 1} are missing before this segment and no snapshot covers them; it and what follows is set aside under another name.");
        return false;
    }

    private void Take(string path, SegmentHeader header, long? following)
    {
        var segment = new Segment(path, header, _last?.End == header.First ? _last.LastChecksum : 0);
        var index = following is null ? null : OpenIndex(segment);
        if (index?.Header.End <= covered && index.Header.Length == new FileInfo(path).Length)
        {
            index.Restore(segment);
        }
        else
        {
            Scan(segment, index, following);
        }

        _segments.Add(segment);
        _last = segment;
    }

    private KeyIndexFile? OpenIndex(Segment segment)
    {
        var index = KeyIndexFile.TryOpen(folder, segment);
        if (index is null)
        {
            _journal.Add(LogFault.DamagedIndex, SegmentName.IndexOf(segment.Path), 0, segment.First, "The index is missing or damaged; made anew from the segment.");
        }

        return index;
    }

    private void Scan(Segment segment, KeyIndexFile? index, long? following)
    {
        if (index is not null)
        {
            segment.Keys = index; // The scan need not gather the keys again.
        }

        using (var reader = new SegmentReader(folder.Open(segment.Path, FileMode.Open, FileAccess.ReadWrite)))
        {
            var scan = new SegmentScan(folder, segment, reader, covered);
            _broken = scan.Run(following);
            reader.File.Flush();
        }

        if (index is not null && (segment.End, segment.Length, segment.LastChecksum) != (index.Header.End, index.Header.Length, index.Header.LastChecksum))
        {
            index.Dispose();
            segment.Keys = KeyIndexer.Collect(folder, segment);
        }
    }

    /// <summary>Deletes what was being written at a crash, and indexes without a closed segment.</summary>
    private void DeleteLeftovers()
    {
        var indexes = _segments.Current.Where(static segment => segment.IsClosed).Select(static segment => SegmentName.IndexOf(segment.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder.Path))
        {
            if (path.EndsWith(SegmentName.Partial, StringComparison.Ordinal) || (path.EndsWith(SegmentName.Index, StringComparison.Ordinal) && !indexes.Contains(path)))
            {
                File.Delete(path);
            }
        }
    }

    private RecoveredLog End()
    {
        var (next, nextNumber) = (_last?.End ?? 0, _last?.NextNumber ?? 0);
        if (next >= covered)
        {
            if (_last?.Keys is KeyIndexFile index)
            {
                index.Dispose(); // It is written again, and an index stands beside closed segments only.
                _last.Keys = KeyIndexer.Collect(folder, _last);
            }

            return new RecoveredLog(_segments, _last, next, nextNumber, _last?.LastChecksum ?? 0);
        }

        _journal.Add(LogFault.EndsBeforeSnapshot, _last?.Path ?? folder.Path, _last?.Length ?? 0, next, $"The log ends at position {next}, a snapshot covers {covered}: the decisions between are lost, the log goes on at {covered}.");
        return new RecoveredLog(_segments, null, covered, nextNumber, 0);
    }

    private void SetAside(string path)
    {
        AsideFiles.Move(folder, path);
        File.Delete(SegmentName.IndexOf(path));
    }
}
