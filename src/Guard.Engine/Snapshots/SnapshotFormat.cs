using System.Buffers.Binary;
using Guard.Core.Checksums;

namespace Guard.Engine.Snapshots;

/// <summary>
/// A snapshot's file, little-endian: magic 8, version 4, number of parts 4, then for each part a header (part 4, zero 4, position 8,
/// length 8, checksum of the bytes 4, checksum of the header 4) and its bytes, then an end (−1, zero, the position that the
/// log must have reached, the number of parts as length). A part is copied whole between two batches; the positions differ.
/// </summary>
internal static class SnapshotFormat
{
    public const ulong Magic = 0x50414E5344524147; // "GARDSNAP"
    public const int Version = 2;
    public const int FileHeaderBytes = 16;
    public const int PartHeaderBytes = 32;
    public const int EndPart = -1;

    /// <summary>Writes the beginning of a file.</summary>
    public static void WriteFileHeader(Span<byte> bytes, int parts)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], parts);
    }

    /// <summary>Writes what stands before a part, or the end.</summary>
    public static void WritePartHeader(Span<byte> bytes, in SnapshotPart part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, part.Part);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], part.Position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], part.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], part.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], Crc32C.Of(bytes[..28]));
    }

    /// <summary>Reads what stands before a part.</summary>
    /// <returns>Whether the checksum holds.</returns>
    public static bool TryReadPartHeader(ReadOnlySpan<byte> bytes, out SnapshotPart part)
    {
        part = new SnapshotPart(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]));
        return Crc32C.Of(bytes[..28]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]);
    }
}
