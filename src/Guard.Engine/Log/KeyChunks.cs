using System.Buffers.Binary;

namespace Guard.Engine.Log;

/// <summary>
/// The keys of the segment that is being written, in chunks that are sorted when they are full and first searched. A dictionary of a
/// million keys stops the writer for tens of milliseconds when it grows; a chunk never takes longer than the sort of a few thousand.
/// </summary>
internal sealed class KeyChunks(long first) : IKeyIndex
{
    private const int ChunkLength = 4096;
    private readonly Lock _gate = new();
    private readonly List<KeyEntry[]> _chunks = [];
    private int _last = ChunkLength;
    private int _sorted;

    /// <summary>Takes in the keys of a block.</summary>
    /// <param name="position">The block's position.</param>
    /// <param name="keys">Its keys, 8 bytes each, little-endian.</param>
    public void Add(long position, ReadOnlySpan<byte> keys)
    {
        lock (_gate)
        {
            for (var row = 0; row < keys.Length / sizeof(ulong); row++)
            {
                if (_last == ChunkLength)
                {
                    _chunks.Add(new KeyEntry[ChunkLength]);
                    _last = 0;
                }

                _chunks[^1][_last++] = new KeyEntry(BinaryPrimitives.ReadUInt64LittleEndian(keys[(row * sizeof(ulong))..]), (uint)(position - first), (uint)row);
            }
        }
    }

    /// <inheritdoc/>
    public void Find(ulong key, List<KeyPlace> places)
    {
        for (var index = 0; TryFind(index, key, places); index++)
        {
        }
    }

    /// <summary>Gives all entries in order.</summary>
    public KeyEntry[] ToSorted()
    {
        KeyEntry[] entries;
        lock (_gate)
        {
            entries = new KeyEntry[_chunks.Count == 0 ? 0 : ((_chunks.Count - 1) * ChunkLength) + _last];
            for (var index = 0; index < _chunks.Count; index++)
            {
                var start = index * ChunkLength;
                _chunks[index].AsSpan(0, Math.Min(ChunkLength, entries.Length - start)).CopyTo(entries.AsSpan(start));
            }
        }

        Array.Sort(entries);
        return entries;
    }

    /// <summary>Searches one chunk; the writer waits for no more than that.</summary>
    private bool TryFind(int index, ulong key, List<KeyPlace> places)
    {
        lock (_gate)
        {
            if (index == _chunks.Count)
            {
                return false;
            }

            var isFull = index < _chunks.Count - 1 || _last == ChunkLength;
            if (isFull && index >= _sorted)
            {
                Array.Sort(_chunks[index]);
                _sorted = index + 1;
            }

            var chunk = _chunks[index].AsSpan(0, isFull ? ChunkLength : _last);
            for (var row = isFull ? LowerBound(chunk, key) : 0; row < chunk.Length && (!isFull || chunk[row].Key == key); row++)
            {
                if (chunk[row].Key == key)
                {
                    places.Add(new KeyPlace(first + chunk[row].Block, (int)chunk[row].Row));
                }
            }

            return true;
        }
    }

    /// <summary>Finds the first entry that is not before a key.</summary>
    internal static int LowerBound(ReadOnlySpan<KeyEntry> entries, ulong key)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = entries[middle].Key < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
