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

    /// <summary>Writes one field of all records, record after record.</summary>
    public void WriteColumn<TRecord>(RecordChunks<TRecord> records, int offset, int length)
        where TRecord : unmanaged
    {
        Flush();
        for (var chunk = 0; chunk < records.Chunks; chunk++)
        {
            var rows = records.Chunk(chunk);
            var column = _output.GetSpan(rows.Length * length)[..(rows.Length * length)];
            Columns.Gather(MemoryMarshal.AsBytes(rows), Unsafe.SizeOf<TRecord>(), offset, length, column);

            _checksum = Crc32C.Append(_checksum, column);
            _output.Advance(column.Length);
        }
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
