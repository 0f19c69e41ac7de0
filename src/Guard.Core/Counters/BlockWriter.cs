using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guard.Core.Checksums;

namespace Guard.Core.Counters;

/// <summary>Writes one block of state: kind, version, length, little-endian columns, checksum.</summary>
internal sealed class BlockWriter
{
    public const int HeaderLength = 16;
    public const int TrailerLength = 4;

    // So many records stay in the processor's first cache while their fields are moved one after the other.
    private const int RowsAtOnce = 64;

    private readonly IBufferWriter<byte> _output;

    // A checksum over few bytes at a time costs many times as much as over many.
    private readonly byte[] _gathered = new byte[2048];
    private int _count;
    private uint _checksum = Crc32C.Start;

    /// <summary>Begins a block whose columns take <paramref name="bodyLength"/> bytes.</summary>
    public BlockWriter(IBufferWriter<byte> output, uint kind, int version, long bodyLength)
    {
        _output = output;
        Write((int)kind);
        Write(version);
        Write(HeaderLength + bodyLength + TrailerLength);
    }

    public void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _gathered.Length - _count)
        {
            Flush();
            if (bytes.Length > _gathered.Length / 2)
            {
                WriteThrough(bytes);
                return;
            }
        }

        bytes.CopyTo(_gathered.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Writes all fields of all records, field after field.</summary>
    /// <param name="records">The records.</param>
    /// <param name="lengths">The bytes of each field, from the first of a record on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteColumns<TRecord>(RecordChunks<TRecord> records, ReadOnlySpan<int> lengths)
        where TRecord : unmanaged
    {
        var row = 0;
        foreach (var length in lengths)
        {
            row += length;
        }

        var columns = Reserve((long)records.Count * row);
        for (var chunk = 0; chunk < records.Chunks; chunk++)
        {
            var rows = records.Chunk(chunk);
            for (var first = 0; first < rows.Length; first += RowsAtOnce)
            {
                var some = rows[first..Math.Min(rows.Length, first + RowsAtOnce)];
                var before = (chunk * RecordChunks<TRecord>.ChunkSize) + first;
                var (offset, begin) = (0, 0);
                foreach (var length in lengths)
                {
                    Columns.Gather(MemoryMarshal.AsBytes(some), Unsafe.SizeOf<TRecord>(), offset, length, columns.Slice(begin + (before * length), some.Length * length));
                    offset += length;
                    begin += records.Count * length;
                }
            }
        }

        Commit(columns);
    }

    /// <summary>Gives the next bytes, to be filled and committed whole.</summary>
    public Span<byte> Reserve(long length)
    {
        Flush();
        return _output.GetSpan(checked((int)length))[..(int)length];
    }

    /// <summary>Takes in what was reserved last and is filled.</summary>
    public void Commit(ReadOnlySpan<byte> filled)
    {
        _checksum = Crc32C.Append(_checksum, filled);
        _output.Advance(filled.Length);
    }

    /// <summary>Ends the block with its checksum.</summary>
    public void Finish()
    {
        Flush();
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Crc32C.Finish(_checksum));
        _output.Write(bytes);
    }

    private void Flush()
    {
        WriteThrough(_gathered.AsSpan(0, _count));
        _count = 0;
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        _checksum = Crc32C.Append(_checksum, bytes);
        _output.Write(bytes);
    }
}
