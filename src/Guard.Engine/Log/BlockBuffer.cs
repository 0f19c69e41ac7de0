using System.Buffers.Binary;
using Guard.Core.Checksums;

namespace Guard.Engine.Log;

/// <summary>Whole blocks, one after the other as they stand in the file, that wait for the disk.</summary>
internal sealed class BlockBuffer
{
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>Gets the bytes that wait.</summary>
    public int Length => _end - _start;

    public ReadOnlySpan<byte> Waiting => _bytes.AsSpan(_start, Length);

    /// <summary>Adds a block and gives its checksum.</summary>
    public uint Add(long position, long first, int count, uint previous, ReadOnlySpan<ulong> keys, ReadOnlySpan<byte> payload)
    {
        var bodyLength = BlockHeader.BodyLengthOf(keys.Length, payload.Length);
        Reserve(BlockHeader.Size + bodyLength);
        var body = _bytes.AsSpan(_end + BlockHeader.Size, bodyLength);
        for (var row = 0; row < keys.Length; row++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(body[(row * sizeof(ulong))..], keys[row]);
        }

        var written = (keys.Length * sizeof(ulong)) + payload.Length;
        payload.CopyTo(body[(keys.Length * sizeof(ulong))..]);
        body[written..].Clear();
        var header = new BlockHeader(position, first, count, keys.Length, payload.Length, previous, Crc32C.Of(body));
        var checksum = header.Write(_bytes.AsSpan(_end));
        _end += BlockHeader.Size + bodyLength;
        return checksum;
    }

    /// <summary>Forgets the first bytes, which are durable.</summary>
    public void Release(int count)
    {
        _start += count;
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _end < count)
        {
            var grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max((long)_end + count, Math.Max(2L * _bytes.Length, 1 << 20)), Array.MaxLength));
            Waiting.CopyTo(grown.AsSpan(_start));
            _bytes = grown;
        }
    }
}
