using System.Buffers.Binary;

namespace Guard.Engine.Blocks;

/// <summary>Writes little-endian columns one behind the other into memory that was measured before.</summary>
internal ref struct ColumnWriter(Span<byte> output)
{
    private Span<byte> _rest = output;

    /// <summary>Gets whether the memory is full to the byte.</summary>
    public readonly bool IsFull => _rest.IsEmpty;

    public void Write(byte value)
    {
        _rest[0] = value;
        _rest = _rest[1..];
    }

    public void Write(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_rest, value);
        _rest = _rest[sizeof(ushort)..];
    }

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_rest, value);
        _rest = _rest[sizeof(int)..];
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_rest, value);
        _rest = _rest[sizeof(long)..];
    }

    public void Write(ulong value) => Write((long)value);

    public void Write(float value) => Write(BitConverter.SingleToInt32Bits(value));

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }
}
