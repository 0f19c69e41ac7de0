using System.Runtime.CompilerServices;

namespace Guard.Core.Counters;

/// <summary>Records in chunks of 1,024: growth allocates one chunk and copies nothing.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
internal sealed class RecordChunks<TRecord>
    where TRecord : unmanaged
{
    public const int ChunkSize = 1 << Shift;

    private const int Shift = 10;
    private TRecord[][] _chunks = [];

    public int Count { get; private set; }

    public long Bytes => (long)_chunks.Count(static chunk => chunk is not null) * ChunkSize * Unsafe.SizeOf<TRecord>();

    public ref TRecord this[int slot] => ref _chunks[slot >> Shift][slot & (ChunkSize - 1)];

    /// <summary>The records of one chunk that are in use.</summary>
    public Span<TRecord> Chunk(int number) => _chunks[number].AsSpan(0, Math.Min(ChunkSize, Count - (number << Shift)));

    /// <summary>The number of chunks in use.</summary>
    public int Chunks => (Count + ChunkSize - 1) >> Shift;

    /// <summary>Adds a record of zeros and gives its slot.</summary>
    public int Add()
    {
        var number = Count >> Shift;
        if (number == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, number * 2));
        }

        _chunks[number] ??= new TRecord[ChunkSize];
        return Count++;
    }

    /// <summary>Adds many records of zeros.</summary>
    public void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add();
        }
    }
}
