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

    /// <summary>Gets how many entries there are.</summary>
    public int Count => _chunks.Count == 0 ? 0 : ((_chunks.Count - 1) * ChunkLength) + _last;

    /// <summary>
    /// Gives all entries in order, in runs of a chunk's work, some of them empty: a thread that sorts a million in one go keeps a
    /// processor from requests for a fifth of a second. Nothing may be added any more.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<KeyEntry>> InOrder()
    {
        for (var index = 0; index < _chunks.Count; index++)
        {
            lock (_gate)
            {
                Sorted(index, out _);
            }

            yield return ReadOnlyMemory<KeyEntry>.Empty;
        }

        // Keys are hashes: equal stretches of their range hold about as many each.
        var stretches = (ulong)Math.Max(1, _chunks.Count);
        var width = ulong.MaxValue / stretches;
        var run = Array.Empty<KeyEntry>();
        for (var stretch = 0UL; stretch < stretches; stretch++)
        {
            var (from, to) = (stretch * width, stretch == stretches - 1 ? ulong.MaxValue : ((stretch + 1) * width) - 1);
            var length = 0;
            for (var index = 0; index < _chunks.Count; index++)
            {
                length += Gather(index, from, to, ref run, length);
            }

            Array.Sort(run, 0, length);
            yield return run.AsMemory(0, length);
        }
    }

    private int Gather(int index, ulong from, ulong to, ref KeyEntry[] run, int length)
    {
        lock (_gate)
        {
            var chunk = Sorted(index, out var isSorted);
            var found = length;
            for (var row = isSorted ? LowerBound(chunk, from) : 0; row < chunk.Length && (!isSorted || chunk[row].Key <= to); row++)
            {
                if (chunk[row].Key >= from && chunk[row].Key <= to)
                {
                    if (found == run.Length)
                    {
                        Array.Resize(ref run, Math.Max(ChunkLength, found * 2));
                    }

                    run[found++] = chunk[row];
                }
            }

            return found - length;
        }
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

            var chunk = Sorted(index, out var isSorted);
            for (var row = isSorted ? LowerBound(chunk, key) : 0; row < chunk.Length && (!isSorted || chunk[row].Key == key); row++)
            {
                if (chunk[row].Key == key)
                {
                    places.Add(new KeyPlace(first + chunk[row].Block, (int)chunk[row].Row));
                }
            }

            return true;
        }
    }

    /// <summary>Gets a chunk, in order where it is full. Searches go through the chunks one after the other, so those before it are sorted.</summary>
    private ReadOnlySpan<KeyEntry> Sorted(int index, out bool isSorted)
    {
        isSorted = index < _chunks.Count - 1 || _last == ChunkLength;
        if (isSorted && index >= _sorted)
        {
            Array.Sort(_chunks[index]);
            _sorted = index + 1;
        }

        return _chunks[index].AsSpan(0, isSorted ? ChunkLength : _last);
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
