using System.Buffers.Binary;
using Guard.Core.Checksums;

namespace Guard.Engine.Log;

/// <summary>
/// What stands before each block, little-endian: magic 4, version 2, zero 2, position 8, first number 8, count 4, keys 4,
/// payload length 4, checksum of the block before 4, checksum of the body 4, checksum of this header 4.
/// The body is the keys, the payload, and zeros up to a multiple of 8.
/// </summary>
/// <param name="Position">The ordinal of the block in its log, from 0.</param>
/// <param name="First">The number of the first click inside.</param>
/// <param name="Count">How many clicks are inside.</param>
/// <param name="Keys">How many keys the body begins with.</param>
/// <param name="PayloadLength">The payload's length in bytes.</param>
/// <param name="Previous">The checksum of the block before, 0 where there is none: it chains the blocks.</param>
/// <param name="BodyChecksum">The checksum of the body.</param>
internal readonly record struct BlockHeader(long Position, long First, int Count, int Keys, int PayloadLength, uint Previous, uint BodyChecksum)
{
    public const int Size = 48;
    public const int Version = 1;
    public const uint Magic = 0x4B4C4247; // "GBLK"

    /// <summary>Blocks begin at multiples of this.</summary>
    public const int Alignment = 8;

    /// <summary>Gets the body's length in bytes.</summary>
    public int BodyLength => BodyLengthOf(Keys, PayloadLength);

    /// <summary>Gets the length of header and body.</summary>
    public int BlockLength => Size + BodyLength;

    /// <summary>Gets the number behind the last click inside.</summary>
    public long NextNumber => First + Count;

    public static int BodyLengthOf(int keys, int payloadLength) => ((keys * sizeof(ulong)) + payloadLength + Alignment - 1) & -Alignment;

    /// <summary>Writes the header and gives its checksum, which covers the body's and so stands for the block.</summary>
    public uint Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], First);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], Keys);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], PayloadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[36..], Previous);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[40..], BodyChecksum);
        var checksum = Crc32C.Of(bytes[..44]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], checksum);
        return checksum;
    }

    /// <summary>Reads a header whose checksum holds.</summary>
    /// <exception cref="LogFormatException">The header is whole and of another version.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, string file, out BlockHeader header, out uint checksum)
    {
        header = default;
        checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || Crc32C.Of(bytes[..44]) != checksum)
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (version != Version)
        {
            throw new LogFormatException(file, version);
        }

        header = new BlockHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]));
        return true;
    }
}
