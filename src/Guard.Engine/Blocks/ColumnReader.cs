using System.Buffers.Binary;

namespace Guard.Engine.Blocks;

/// <summary>Reads little-endian columns one behind the other, and never past the end.</summary>
internal ref struct ColumnReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Gets whether everything was read.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Gets what is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Takes a column.</summary>
    /// <param name="rows">How many values it has.</param>
    /// <param name="width">How many bytes a value has.</param>
    /// <exception cref="InvalidDataException">Less is left.</exception>
    public ReadOnlySpan<byte> Take(int rows, int width)
    {
        if (rows < 0 || (long)rows * width > _rest.Length)
        {
            throw new InvalidDataException("A block of the log is whole, but its content contradicts itself: it was not written by this program.");
        }

        var column = _rest[..(rows * width)];
        _rest = _rest[column.Length..];
        return column;
    }

    public byte ReadByte() => Take(1, 1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(1, sizeof(ushort)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(1, sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(1, sizeof(long)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(1, sizeof(double)));
}
