using System.Buffers.Binary;

namespace Guard.Core.Estimation;

/// <summary>Reads what <see cref="StateWriter"/> wrote and refuses what does not fit, naming the place.</summary>
internal ref struct StateReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    public StateReader(ReadOnlySpan<byte> bytes, uint kind, byte version, string name)
    {
        _bytes = bytes;
        if (Int32() != unchecked((int)kind))
        {
            throw new InvalidDataException($"These bytes are not the saved state of a {name}.");
        }

        var found = Byte();
        if (found != version)
        {
            throw new InvalidDataException($"The saved state of the {name} has version {found}, this program reads version {version}; start the estimator afresh.");
        }
    }

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public int Int32(int least, int greatest, string what)
    {
        var value = Int32();
        return value >= least && value <= greatest
            ? value
            : throw new InvalidDataException($"The saved {what} is {value}, outside {least} to {greatest}; the state is damaged.");
    }

    public long Count(string what)
    {
        var value = Int64();
        return value >= 0 ? value : throw new InvalidDataException($"The saved {what} is {value}, below 0; the state is damaged.");
    }

    public void Expect(int expected, string what)
    {
        var value = Int32();
        if (value != expected)
        {
            throw new InvalidDataException($"The saved {what} is {value} where this estimator has {expected}; restore into one with the same options.");
        }
    }

    public double Double()
    {
        var value = BitConverter.Int64BitsToDouble(Int64());
        return double.IsFinite(value) ? value : throw new InvalidDataException($"The saved number before byte {_at} is not finite; the state is damaged.");
    }

    public void Bytes(Span<byte> values) => Take(values.Length).CopyTo(values);

    public void Doubles(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Double();
        }
    }

    public void Singles(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = BitConverter.Int32BitsToSingle(Int32());
            values[i] = float.IsFinite(value) ? value : throw new InvalidDataException($"The saved number before byte {_at} is not finite; the state is damaged.");
        }
    }

    public readonly void End()
    {
        if (_at != _bytes.Length)
        {
            throw new InvalidDataException($"{_bytes.Length - _at} bytes follow the saved state; it is damaged.");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_bytes.Length - _at < length)
        {
            throw new InvalidDataException($"The saved state ends at byte {_bytes.Length}, too early; it is damaged.");
        }

        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
