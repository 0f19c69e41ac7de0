using System.Buffers.Binary;
using Guard.Core.Checksums;

namespace Guard.Engine.Log;

/// <summary>
/// What the index beside a closed segment begins with, little-endian: magic 8, version 4, places 4, and the segment's first
/// position 8, end 8, length 8, next number 8, last checksum 4; then zero 4, keys 8, zero 12, checksum 4 over this and the places.
/// </summary>
internal readonly record struct KeyIndexHeader(int Places, long First, long End, long Length, long NextNumber, uint LastChecksum, long Keys)
{
    public const int Size = 80;
    public const int PlaceSize = 24;
    public const int PageSize = 4096;
    public const int EntrySize = 16;
    public const int EntriesPerPage = (PageSize - EntrySize) / EntrySize;
    private const ulong Magic = 0x5844494452415547; // "GUARDIDX"
    private const int ChecksumOffset = Size - sizeof(uint);

    /// <summary>Gets how many pages of keys there are.</summary>
    public int Pages => (int)((Keys + EntriesPerPage - 1) / EntriesPerPage);

    /// <summary>Gets where the first page begins.</summary>
    public long PagesStart => (Size + ((long)Places * PlaceSize) + PageSize - 1) / PageSize * PageSize;

    /// <summary>Writes header and places, and zeros up to the first page.</summary>
    public byte[] Write(ReadOnlySpan<SparseIndex.Entry> places)
    {
        var bytes = new byte[PagesStart];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), BlockHeader.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Places);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), End);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), NextNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), LastChecksum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(56), Keys);
        for (var index = 0; index < places.Length; index++)
        {
            var place = bytes.AsSpan(Size + (index * PlaceSize));
            BinaryPrimitives.WriteInt64LittleEndian(place, places[index].Position);
            BinaryPrimitives.WriteInt64LittleEndian(place[8..], places[index].First);
            BinaryPrimitives.WriteInt64LittleEndian(place[16..], places[index].Offset);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumOffset), ChecksumOf(bytes));
        return bytes;
    }

    /// <summary>Reads header and places where both are what was written.</summary>
    public static KeyIndexHeader? Read(SegmentFile file, out SparseIndex.Entry[] places)
    {
        places = [];
        var start = new byte[Size];
        if (file.Read(start, 0) < Size || BinaryPrimitives.ReadUInt64LittleEndian(start) != Magic || BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8)) != BlockHeader.Version)
        {
            return null;
        }

        var header = new KeyIndexHeader(
            BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(12)),
            BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(24)),
            BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(32)),
            BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(40)),
            BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(48)),
            BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(56)));
        if (header.Places < 0 || header.PagesStart > file.Length || header.Keys < 0 || header.PagesStart + ((long)header.Pages * PageSize) != file.Length)
        {
            return null;
        }

        var bytes = new byte[header.PagesStart];
        if (file.Read(bytes, 0) < bytes.Length || ChecksumOf(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(ChecksumOffset)))
        {
            return null;
        }

        places = new SparseIndex.Entry[header.Places];
        for (var index = 0; index < places.Length; index++)
        {
            var place = bytes.AsSpan(Size + (index * PlaceSize));
            places[index] = new SparseIndex.Entry(
                BinaryPrimitives.ReadInt64LittleEndian(place), BinaryPrimitives.ReadInt64LittleEndian(place[8..]), BinaryPrimitives.ReadInt64LittleEndian(place[16..]));
        }

        return header;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes) => Crc32C.Finish(Crc32C.Append(Crc32C.Append(Crc32C.Start, bytes[..ChecksumOffset]), bytes[Size..]));
}
