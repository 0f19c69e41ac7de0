using System.Buffers.Binary;

namespace Guard.Engine.Log;

/// <summary>One block of a log as a <see cref="LogCursor"/> reads it: valid until the cursor's next read.</summary>
public readonly struct LogBlock
{
    private readonly ReadOnlyMemory<byte> _body;

    internal LogBlock(in BlockHeader header, ReadOnlyMemory<byte> body)
    {
        (Position, First, Count, KeyCount) = (header.Position, header.First, header.Count, header.Keys);
        _body = body[..((header.Keys * sizeof(ulong)) + header.PayloadLength)];
    }

    /// <summary>Gets the block's position.</summary>
    public long Position { get; }

    /// <summary>Gets the number of the first click inside.</summary>
    public long First { get; }

    /// <summary>Gets how many clicks are inside.</summary>
    public int Count { get; }

    /// <summary>Gets how many keys came with the block: none, or one for each click.</summary>
    public int KeyCount { get; }

    /// <summary>Gets the payload.</summary>
    public ReadOnlyMemory<byte> Payload => _body[(KeyCount * sizeof(ulong))..];

    /// <summary>Gets the key of the click <paramref name="row"/> of the block, from 0.</summary>
    public ulong Key(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)KeyCount, nameof(row));
        return BinaryPrimitives.ReadUInt64LittleEndian(_body.Span[(row * sizeof(ulong))..]);
    }
}
