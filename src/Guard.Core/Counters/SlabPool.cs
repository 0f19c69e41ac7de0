using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Counters;

/// <summary>
/// Slabs of one capacity, cut from chunks and handed out again through a free list. A slab holds as many fingerprints,
/// followed by as many tiles in which each was last seen.
/// </summary>
internal sealed class SlabPool(int sizeClass)
{
    private const int ChunkShift = 12;
    private readonly int _slabsShift = ChunkShift - 1 - sizeClass;
    private int[][] _chunks = [];
    private int _used;
    private int _free = -1;

    public int Capacity => 1 << sizeClass;

    public long Bytes => (long)_chunks.Count(static chunk => chunk is not null) * sizeof(int) << ChunkShift;

    public Span<int> Fingerprints(int number) => Words(number)[..Capacity];

    public Span<int> LastTiles(int number) => Words(number)[Capacity..];

    public Span<int> Words(int number) =>
        _chunks[number >> _slabsShift].AsSpan((number & ((1 << _slabsShift) - 1)) * (2 * Capacity), 2 * Capacity);

    public int Rent()
    {
        if (_free >= 0)
        {
            var number = _free;
            _free = Words(number)[0];
            return number;
        }

        var chunk = _used >> _slabsShift;
        if (chunk == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, chunk * 2));
        }

        _chunks[chunk] ??= new int[1 << ChunkShift];
        return _used++;
    }

    public void Return(int number)
    {
        Words(number)[0] = _free;
        _free = number;
    }

    /// <summary>Notes a value in a slab; where it is full, what was last seen before <paramref name="day"/> makes room. False where it stays full.</summary>
    public bool TryAdd(int number, ref int count, uint fingerprint, int tile, int day)
    {
        var found = Fingerprints(number)[..count].IndexOf((int)fingerprint);
        if (found >= 0)
        {
            ref var last = ref LastTiles(number)[found];
            last = Math.Max(last, tile);
            return true;
        }

        if (count == Capacity)
        {
            count = DropExpired(number, day);
        }

        if (count == Capacity)
        {
            return false;
        }

        Fingerprints(number)[count] = (int)fingerprint;
        LastTiles(number)[count] = tile;
        count++;
        return true;
    }

    /// <summary>Counts a slab's values in each window.</summary>
    public Windowed<float> Count(int number, int count, in WindowStarts starts)
    {
        var tiles = LastTiles(number)[..count];
        int minute = 0, tenMinutes = 0, hour = 0, day = 0, i = 0;
        if (tiles.Length >= Vector256<int>.Count)
        {
            Vector256<int> m = default, t = default, h = default, d = default;
            for (; i <= tiles.Length - Vector256<int>.Count; i += Vector256<int>.Count)
            {
                var tile = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(tiles), (nuint)i);
                m -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.Minute));
                t -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.TenMinutes));
                h -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.Hour));
                d -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.Day));
            }

            (minute, tenMinutes, hour, day) = (Vector256.Sum(m), Vector256.Sum(t), Vector256.Sum(h), Vector256.Sum(d));
        }

        for (; i < tiles.Length; i++)
        {
            minute += tiles[i] >= starts.Minute ? 1 : 0;
            tenMinutes += tiles[i] >= starts.TenMinutes ? 1 : 0;
            hour += tiles[i] >= starts.Hour ? 1 : 0;
            day += tiles[i] >= starts.Day ? 1 : 0;
        }

        return new Windowed<float>(minute, tenMinutes, hour, day);
    }

    private int DropExpired(int number, int day)
    {
        var fingerprints = Fingerprints(number);
        var tiles = LastTiles(number);
        var kept = 0;
        for (var i = 0; i < tiles.Length; i++)
        {
            if (tiles[i] >= day)
            {
                fingerprints[kept] = fingerprints[i];
                tiles[kept++] = tiles[i];
            }
        }

        return kept;
    }
}
