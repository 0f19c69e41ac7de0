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
}
