using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Guard.Core.Estimation;

/// <summary>Writes an estimator's state as little-endian bytes that begin with the kind of state and its version.</summary>
internal sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public StateWriter(uint kind, byte version)
    {
        Int32(unchecked((int)kind));
        Byte(version);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Bytes(ReadOnlySpan<byte> values) => _bytes.Write(values);

    public void Doubles(ReadOnlySpan<double> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            _bytes.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (var value in values)
        {
            Double(value);
        }
    }

    public void Singles(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            Int32(BitConverter.SingleToInt32Bits(value));
        }
    }
}
