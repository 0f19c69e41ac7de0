using System.Buffers.Binary;
using Guard.Core.Checksums;

namespace Guard.Engine.Log;

/// <summary>What a segment begins with, little-endian: magic 8, version 4, zero 4, first position 8, next number 8, time 8, zero 4, checksum 4.</summary>
/// <param name="First">The position of the first block.</param>
/// <param name="FirstNumber">The number that comes next where the segment begins.</param>
/// <param name="Created">When it was begun, to the millisecond.</param>
internal readonly record struct SegmentHeader(long First, long FirstNumber, DateTimeOffset Created)
{
    public const int Size = 48;
    private const ulong Magic = 0x474F4C4452415547; // "GUARDLOG"

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], BlockHeader.Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], FirstNumber);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Created.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], Crc32C.Of(bytes[..44]));
    }

    /// <summary>Reads a header whose checksum holds.</summary>
    /// <exception cref="LogFormatException">The header is whole and of another version.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, string file, out SegmentHeader header)
    {
        header = default;
        if (bytes.Length < Size
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic
            || Crc32C.Of(bytes[..44]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]))
        {
            return false;
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version != BlockHeader.Version)
        {
            throw new LogFormatException(file, version);
        }

        header = new SegmentHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[32..])));
        return true;
    }
}
