namespace Guard.Engine.Log;

/// <summary>One file of a log: what is known of its durable blocks. One thread adds, any number read.</summary>
internal sealed class Segment(string path, SegmentHeader header, uint lastChecksum = 0)
{
    private long _length = SegmentHeader.Size;
    private long _end = header.First;
    private bool _closed;
    private volatile IKeyIndex _keys = new KeyChunks(header.First);

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    public SegmentHeader Header { get; } = header;

    /// <summary>Gets the position of its first block.</summary>
    public long First => Header.First;

    /// <summary>Gets the position behind its last block.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Gets the bytes up to the end of its last block.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>Gets the number behind its last click.</summary>
    public long NextNumber { get; private set; } = header.FirstNumber;

    /// <summary>Gets the checksum of its last block, or while it has none that of the block before it; 0 where that is not known.</summary>
    public uint LastChecksum { get; private set; } = lastChecksum;

    /// <summary>Gets whether no block comes any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    public SparseIndex Places { get; } = new();

    public IKeyIndex Keys
    {
        get => _keys;
        set => _keys = value;
    }

    public void Close() => Volatile.Write(ref _closed, true);

    /// <summary>Takes in a block that stands at <paramref name="offset"/>.</summary>
    public void Add(in BlockHeader block, uint checksum, long offset, ReadOnlySpan<byte> body)
    {
        (Keys as KeyChunks)?.Add(block.Position, body[..(block.Keys * sizeof(ulong))]);
        Places.Add(block.Position, block.First, offset);
        Restore(block.Position + 1, block.NextNumber, checksum, offset + block.BlockLength);
    }

    /// <summary>Sets where the segment ends.</summary>
    public void Restore(long end, long nextNumber, uint lastChecksum, long length)
    {
        (NextNumber, LastChecksum) = (nextNumber, lastChecksum);
        Volatile.Write(ref _length, length);
        Volatile.Write(ref _end, end);
    }
}
