using Guard.Core.Checksums;
using Guard.Engine.Files;

namespace Guard.Engine.Log;

/// <summary>
/// The end of a log on disk. Files are not allocated ahead: a file's end is the log's end, a full disk shows itself in the
/// write that needs the space, and a short log takes little.
/// </summary>
/// <remarks>
/// After a failed flush the system may have dropped what it could not write and call the next flush a success. So the
/// segment is given up: its durable part is read back, checked and written once more, and what waits goes to a new file.
/// </remarks>
internal sealed class SegmentTail(LogFolder folder, SegmentList segments, KeyIndexer indexer) : IDisposable
{
    // Of a great many that wait, the first are acknowledged before the last are written; larger writes hardly go faster.
    private const int GreatestWrite = 8 << 20;
    private Segment? _segment;
    private SegmentFile? _file;
    private bool _suspect;

    /// <summary>Goes on in a segment that was there.</summary>
    public void Continue(Segment segment)
    {
        _segment = segment;
        _file = folder.Open(segment.Path, FileMode.Open, FileAccess.ReadWrite);
    }

    /// <summary>Makes as many of the waiting blocks durable as fill the segment, some megabytes at most.</summary>
    /// <returns>Their bytes, and the position behind them.</returns>
    /// <exception cref="IOException">Nothing became durable; call again later with the same blocks.</exception>
    /// <exception cref="LogFailedException">What was durable cannot be read back.</exception>
    public (int Bytes, long End) Commit(ReadOnlySpan<byte> blocks)
    {
        if (_suspect)
        {
            Repair();
        }

        if (_segment is null || (_segment.End > _segment.First && IsDue(_segment)))
        {
            Begin(HeaderOf(blocks, out _));
        }

        var portion = blocks[..LengthToFill(blocks, Math.Min(GreatestWrite, folder.Options.SegmentBytes - _segment!.Length))];
        try
        {
            _file!.Write(portion, _segment.Length);
            _suspect = true;
            _file.Flush();
            _suspect = false;
        }
        catch (IOException exception) when (!_suspect && !DiskFull.Is(exception))
        {
            _suspect = true;
            throw;
        }

        for (var blocksLeft = portion; !blocksLeft.IsEmpty;)
        {
            var header = HeaderOf(blocksLeft, out var checksum);
            _segment.Add(header, checksum, _segment.Length, blocksLeft[BlockHeader.Size..header.BlockLength]);
            blocksLeft = blocksLeft[header.BlockLength..];
        }

        return (portion.Length, _segment.End);
    }

    public void Dispose() => _file?.Dispose();

    private static BlockHeader HeaderOf(ReadOnlySpan<byte> block, out uint checksum) => BlockHeader.TryRead(block, "", out var header, out checksum)
        ? header
        : throw new InvalidOperationException("A waiting block has changed.");

    private static int LengthToFill(ReadOnlySpan<byte> blocks, long room)
    {
        var length = 0;
        do
        {
            length += HeaderOf(blocks[length..], out _).BlockLength;
        }
        while (length < blocks.Length && length < room);
        return length;
    }

    private bool IsDue(Segment segment) =>
        segment.Length >= folder.Options.SegmentBytes || folder.Time.GetUtcNow() - segment.Header.Created >= folder.Options.SegmentAge;

    private void Begin(in BlockHeader first)
    {
        Close();
        var segment = new Segment(SegmentName.Of(folder.Path, first.Position), new SegmentHeader(first.Position, first.First, folder.Time.GetUtcNow()));
        var file = folder.Open(segment.Path, FileMode.Create, FileAccess.ReadWrite);
        try
        {
            Span<byte> header = stackalloc byte[SegmentHeader.Size];
            segment.Header.Write(header);
            file.Write(header, 0);
            file.Flush();
            DiskFlush.Flush(folder.Path);
        }
        catch (IOException)
        {
            // A new file's pages are as little to be trusted after a failed flush as an old one's: the next try makes another file.
            file.Dispose();
            File.Delete(segment.Path);
            throw;
        }

        (_segment, _file) = (segment, file);
        segments.Add(segment);
    }

    private void Close()
    {
        _file?.Dispose();
        if (_segment is not null)
        {
            _segment.Close();
            indexer.Start();
        }

        (_segment, _file) = (null, null);
    }

    private void Repair()
    {
        var segment = _segment!;
        _file!.Dispose();
        if (segment.Places.ByOffset(long.MaxValue) is null)
        {
            // Nothing in it is durable yet.
            File.Delete(segment.Path);
            segments.Remove(segment);
            (_segment, _file) = (null, null);
        }
        else
        {
            using (var file = folder.Open(segment.Path, FileMode.Open, FileAccess.ReadWrite))
            {
                file.SetLength(segment.Length);
                Rewrite(file, segment);
            }

            folder.Journal.GivenUp(segment.Name);
            Close();
        }

        _suspect = false;
    }

    /// <summary>Writes the last durable blocks once more: they share a page of the system's memory with what could not be written.</summary>
    private static void Rewrite(SegmentFile file, Segment segment)
    {
        var offset = (segment.Places.ByOffset(segment.Length - SparseIndex.Spacing) ?? segment.Places.ByOffset(long.MaxValue)!.Value).Offset;
        var bytes = new byte[segment.Length - offset];
        var read = file.Read(bytes, offset);
        uint checksum = 0;
        for (var blocks = bytes.AsSpan(0, read); !blocks.IsEmpty;)
        {
            if (blocks.Length < BlockHeader.Size || !BlockHeader.TryRead(blocks, file.Path, out var header, out checksum)
                || header.BlockLength > blocks.Length || Crc32C.Of(blocks[BlockHeader.Size..header.BlockLength]) != header.BodyChecksum)
            {
                checksum = ~segment.LastChecksum;
                break;
            }

            blocks = blocks[header.BlockLength..];
        }

        if (checksum != segment.LastChecksum)
        {
            throw new LogFailedException($"{Path.GetFileName(file.Path)}: durable blocks behind byte {offset} cannot be read back after the disk failed: replace the disk, then start again on what it holds.");
        }

        file.Write(bytes, offset);
        file.Flush();
    }
}
