using System.Buffers;
using Guard.Core.Checksums;

namespace Guard.Engine.Snapshots;

/// <summary>Memory for one part of a snapshot that grows without copying what it holds, and is used again for the next part.</summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int ChunkBytes = 1 << 20;
    private readonly List<byte[]> _chunks = [];
    private readonly List<int> _used = [];
    private int _current = -1;

    /// <summary>Gets how many bytes were written.</summary>
    public long Length
    {
        get
        {
            var length = 0L;
            for (var chunk = 0; chunk <= _current; chunk++)
            {
                length += _used[chunk];
            }

            return length;
        }
    }

    /// <summary>Gets the CRC-32C of what was written.</summary>
    public uint Checksum
    {
        get
        {
            var checksum = Crc32C.Start;
            for (var chunk = 0; chunk <= _current; chunk++)
            {
                checksum = Crc32C.Append(checksum, _chunks[chunk].AsSpan(0, _used[chunk]));
            }

            return Crc32C.Finish(checksum);
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => _used[_current] += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _chunks[_current].AsMemory(_used[_current]);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _chunks[_current].AsSpan(_used[_current]);
    }

    /// <summary>Gets what was written, piece by piece.</summary>
    /// <param name="longest">The most bytes of a piece.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces(int longest)
    {
        for (var chunk = 0; chunk <= _current; chunk++)
        {
            for (var start = 0; start < _used[chunk]; start += longest)
            {
                yield return _chunks[chunk].AsMemory(start, Math.Min(longest, _used[chunk] - start));
            }
        }
    }

    /// <summary>Forgets what was written, and keeps the memory.</summary>
    public void Clear() => _current = -1;

    private void Reserve(int size)
    {
        if (_current >= 0 && _chunks[_current].Length - _used[_current] >= size)
        {
            return;
        }

        _current++;
        if (_current == _chunks.Count)
        {
            _chunks.Add([]);
            _used.Add(0);
        }

        if (_chunks[_current].Length < size)
        {
            // Whole chunks, so that a state that grows a little with each snapshot seldom asks for more.
            _chunks[_current] = GC.AllocateUninitializedArray<byte>((size + ChunkBytes - 1) / ChunkBytes * ChunkBytes);
        }

        _used[_current] = 0;
    }
}
