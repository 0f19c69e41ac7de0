using System.Buffers;
using System.Buffers.Binary;
using Guard.Core.Checksums;
using Guard.Engine.Files;

namespace Guard.Engine.Log;

/// <summary>
/// The index beside a closed segment: the segment's bounds, where some of its blocks begin, and the keys in order in pages
/// of 4096 bytes, each with its checksum. A search reads a page a step and keeps none in memory.
/// </summary>
internal sealed class KeyIndexFile : IKeyIndex, IDisposable
{
    private readonly SegmentFile _file;
    private readonly SparseIndex.Entry[] _places;

    private KeyIndexFile(SegmentFile file, KeyIndexHeader header, SparseIndex.Entry[] places) => (_file, Header, _places) = (file, header, places);

    public KeyIndexHeader Header { get; }

    /// <summary>Opens the index of a segment; <see langword="null"/> where it is missing or its beginning is damaged.</summary>
    public static KeyIndexFile? TryOpen(LogFolder folder, Segment segment)
    {
        var path = SegmentName.IndexOf(segment.Path);
        if (!File.Exists(path))
        {
            return null;
        }

        var file = folder.Open(path, FileMode.Open, FileAccess.Read);
        if (KeyIndexHeader.Read(file, out var places) is { } header && header.First == segment.First)
        {
            return new KeyIndexFile(file, header, places);
        }

        file.Dispose();
        return null;
    }

    /// <summary>Writes the index of a closed segment; it has its name only once it is whole and durable.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="rest">Called after each piece of work.</param>
    public static KeyIndexFile Write(LogFolder folder, Segment segment, KeyChunks keys, Action rest)
    {
        var places = segment.Places.ToArray();
        var header = new KeyIndexHeader(places.Length, segment.First, segment.End, segment.Length, segment.NextNumber, segment.LastChecksum, keys.Count);
        var path = SegmentName.IndexOf(segment.Path);
        var partial = path + SegmentName.Partial;
        using (var file = folder.Open(partial, FileMode.Create, FileAccess.ReadWrite))
        {
            file.Write(header.Write(places), 0);
            WritePages(file, header, keys, rest);
            file.Flush();
        }

        File.Move(partial, path, overwrite: true);
        DiskFlush.Flush(folder.Path);
        return new KeyIndexFile(folder.Open(path, FileMode.Open, FileAccess.Read), header, places);
    }

    /// <summary>Gives a segment its bounds and places, in place of reading it.</summary>
    public void Restore(Segment segment)
    {
        foreach (var place in _places)
        {
            segment.Places.Add(place.Position, place.First, place.Offset);
        }

        segment.Restore(Header.End, Header.NextNumber, Header.LastChecksum, Header.Length);
        segment.Keys = this;
    }

    /// <inheritdoc/>
    public void Find(ulong key, List<KeyPlace> places)
    {
        var page = ArrayPool<byte>.Shared.Rent(KeyIndexHeader.PageSize);
        try
        {
            // The first page whose first key is not before the key: the key may stand in it, behind it, or at the end of the page before.
            var (low, high) = (0, Header.Pages);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                _ = ReadPage(middle, page);
                (low, high) = EntryAt(page, 0).Key < key ? (middle + 1, high) : (low, middle);
            }

            for (var index = Math.Max(0, low - 1); index < Header.Pages; index++)
            {
                var count = ReadPage(index, page);
                for (var row = 0; row < count; row++)
                {
                    var entry = EntryAt(page, row);
                    if (entry.Key > key)
                    {
                        return;
                    }

                    if (entry.Key == key)
                    {
                        places.Add(new KeyPlace(Header.First + entry.Block, (int)entry.Row));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(page);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void WritePages(SegmentFile file, in KeyIndexHeader header, KeyChunks keys, Action rest)
    {
        const int PagesPerWrite = 64;
        var pages = new byte[PagesPerWrite * KeyIndexHeader.PageSize];
        var (rows, offset) = (0, header.PagesStart);
        foreach (var run in keys.InOrder())
        {
            foreach (var entry in run.Span)
            {
                WriteEntry(pages, rows++, entry);
                if (rows == PagesPerWrite * KeyIndexHeader.EntriesPerPage)
                {
                    Write();
                }
            }

            rest();
        }

        Write();

        void Write()
        {
            var count = (rows + KeyIndexHeader.EntriesPerPage - 1) / KeyIndexHeader.EntriesPerPage;
            for (var index = 0; index < count; index++)
            {
                var page = pages.AsSpan(index * KeyIndexHeader.PageSize, KeyIndexHeader.PageSize);
                BinaryPrimitives.WriteInt32LittleEndian(page[4..], Math.Min(KeyIndexHeader.EntriesPerPage, rows - (index * KeyIndexHeader.EntriesPerPage)));
                BinaryPrimitives.WriteUInt32LittleEndian(page, Crc32C.Of(page[4..]));
            }

            // A little at a time: the log's own flushes wait for this one.
            file.Write(pages.AsSpan(0, count * KeyIndexHeader.PageSize), offset);
            file.Flush();
            offset += count * KeyIndexHeader.PageSize;
            rows = 0;
            Array.Clear(pages);
        }
    }

    private static void WriteEntry(Span<byte> pages, int row, in KeyEntry entry)
    {
        var (page, place) = Math.DivRem(row, KeyIndexHeader.EntriesPerPage);
        var bytes = pages[((page * KeyIndexHeader.PageSize) + ((place + 1) * KeyIndexHeader.EntrySize))..];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, entry.Key);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], entry.Block);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], entry.Row);
    }

    private static KeyEntry EntryAt(ReadOnlySpan<byte> page, int row)
    {
        var entry = page[((row + 1) * KeyIndexHeader.EntrySize)..];
        return new KeyEntry(
            BinaryPrimitives.ReadUInt64LittleEndian(entry), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
    }

    private int ReadPage(int index, byte[] page)
    {
        var offset = Header.PagesStart + ((long)index * KeyIndexHeader.PageSize);
        var bytes = page.AsSpan(0, KeyIndexHeader.PageSize);
        if (_file.Read(bytes, offset) < bytes.Length || Crc32C.Of(bytes[4..]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes))
        {
            throw new DamagedIndexException(_file.Path, offset);
        }

        return BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
    }
}
