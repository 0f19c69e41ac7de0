using System.Buffers.Binary;
using Guard.Core.Checksums;

namespace Guard.Engine.Log;

/// <summary>Reads a segment block by block and checks each. It reads ahead, so that small blocks cost no call each.</summary>
internal sealed class SegmentReader(SegmentFile file) : IDisposable
{
    private byte[] _buffer = new byte[64 << 10];
    private long _start;
    private int _length;

    public SegmentFile File { get; } = file;

    /// <summary>Gets the header of the block that was read last.</summary>
    public BlockHeader Header { get; private set; }

    /// <summary>Gets its checksum.</summary>
    public uint Checksum { get; private set; }

    /// <summary>Gets its body, valid until the next read.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Reads the block at <paramref name="offset"/> of a segment that ends at <paramref name="end"/>.</summary>
    /// <exception cref="LogFormatException">It is of another version.</exception>
    public BlockCheck Read(long offset, long end)
    {
        if (offset >= end)
        {
            return BlockCheck.End;
        }

        if (!TryFetch(offset, BlockHeader.Size, end, out var bytes))
        {
            return BlockCheck.Incomplete;
        }

        if (!BlockHeader.TryRead(bytes.Span, File.Path, out var header, out var checksum)
            || header.Keys < 0 || header.Count < 0 || (uint)header.PayloadLength > PartitionLog.GreatestPayload || header.Keys > header.Count)
        {
            return BlockCheck.Damaged;
        }

        if (!TryFetch(offset, header.BlockLength, end, out bytes))
        {
            return BlockCheck.Incomplete;
        }

        (Header, Checksum, Body) = (header, checksum, bytes[BlockHeader.Size..]);
        return Crc32C.Of(Body.Span) == header.BodyChecksum ? BlockCheck.Intact : BlockCheck.Damaged;
    }

    /// <summary>Searches the first intact block from <paramref name="offset"/> on that comes at or behind a position.</summary>
    /// <returns>Its offset, or -1.</returns>
    public long Search(long offset, long end, long position)
    {
        offset = (offset + BlockHeader.Alignment - 1) & -BlockHeader.Alignment;
        for (; TryFetch(offset, BlockHeader.Size, end, out var bytes); offset += BlockHeader.Alignment)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) == BlockHeader.Magic
                && Read(offset, end) == BlockCheck.Intact && Header.Position >= position)
            {
                return offset;
            }
        }

        return -1;
    }

    /// <summary>Whether all bytes from <paramref name="offset"/> on are zero, as a file system leaves what it had no time to write.</summary>
    public bool IsZero(long offset, long end)
    {
        for (; offset < end; offset += _length)
        {
            if (!TryFetch(offset, (int)Math.Min(_buffer.Length, end - offset), end, out var bytes) || bytes.Span.ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => File.Dispose();

    private bool TryFetch(long offset, int count, long end, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (count > end - offset)
        {
            return false;
        }

        if (offset < _start || offset + count > _start + _length)
        {
            if (count > _buffer.Length)
            {
                _buffer = new byte[Math.Max(count, (int)Math.Min(2L * _buffer.Length, Array.MaxLength))];
            }

            _length = File.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - offset)), offset);
            _start = offset;
            if (_length < count)
            {
                return false;
            }
        }

        bytes = _buffer.AsMemory((int)(offset - _start), count);
        return true;
    }
}
