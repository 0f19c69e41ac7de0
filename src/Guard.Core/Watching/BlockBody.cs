using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Guard.Core.Counters;

namespace Guard.Core.Watching;

/// <summary>Gathers a block whose length is known only at its end.</summary>
internal sealed class BlockBody
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    public void Write(string text)
    {
        Write(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>Writes the block and begins the next.</summary>
    public void Finish(IBufferWriter<byte> output, uint kind, int version)
    {
        var writer = new BlockWriter(output, kind, version, _bytes.WrittenCount);
        writer.Write(_bytes.WrittenSpan);
        writer.Finish();
        _bytes.ResetWrittenCount();
    }
}
