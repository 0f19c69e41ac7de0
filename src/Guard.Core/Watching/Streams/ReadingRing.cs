using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Streams;

/// <summary>The recent readings of a stream; the oldest goes when a new one comes and there is no room to grow.</summary>
internal sealed class ReadingRing(int dimension)
{
    public const int FirstCapacity = 32;

    private KeptReading[] _readings = new KeptReading[FirstCapacity];
    private double[] _values = new double[FirstCapacity * dimension];
    private int _first;

    public int Count { get; private set; }

    public int Capacity => _readings.Length;

    public long Bytes => Capacity * (Unsafe.SizeOf<KeptReading>() + (long)dimension * sizeof(double));

    public bool IsFull => Count == Capacity;

    public void Add(in Reading reading, ReadOnlySpan<double> values)
    {
        if (IsFull)
        {
            _first = (_first + 1) % Capacity;
            Count--;
        }

        var place = Place(Count++);
        _readings[place] = KeptReading.Of(reading);
        values.CopyTo(_values.AsSpan(place * dimension, dimension));
    }

    /// <summary>Makes room for more readings and keeps those that are there.</summary>
    public void Grow(int capacity)
    {
        var readings = new KeptReading[capacity];
        var values = new double[capacity * dimension];
        for (var index = 0; index < Count; index++)
        {
            readings[index] = _readings[Place(index)];
            Values(index).CopyTo(values.AsSpan(index * dimension));
        }

        (_readings, _values, _first) = (readings, values, 0);
    }

    /// <summary>Gets a reading by its age, from 0 for the oldest.</summary>
    public StreamReading this[int index] => new(Values(index).ToArray(), _readings[Place(index)].Reading);

    public void Write(BlockBody writer)
    {
        writer.Write(Capacity);
        writer.Write(Count);
        for (var index = 0; index < Count; index++)
        {
            writer.Write(MemoryMarshal.AsBytes(_readings.AsSpan(Place(index), 1)));
            writer.Write(MemoryMarshal.AsBytes(Values(index)));
        }
    }

    public static ReadingRing Read(ref BlockReader reader, int dimension)
    {
        var capacity = reader.ReadInt32(FirstCapacity, 1 << 20);
        var count = reader.ReadInt32(0, capacity);
        var ring = new ReadingRing(dimension);
        if (capacity > FirstCapacity)
        {
            // A ring grows when it is full and at most to the double.
            ring.Grow(count >= capacity / 2 ? capacity : throw reader.Unsound());
        }

        for (; ring.Count < count; ring.Count++)
        {
            reader.ReadBytes(Unsafe.SizeOf<KeptReading>()).CopyTo(MemoryMarshal.AsBytes(ring._readings.AsSpan(ring.Count, 1)));
            reader.ReadBytes((long)dimension * sizeof(double)).CopyTo(MemoryMarshal.AsBytes(ring._values.AsSpan(ring.Count * dimension, dimension)));
            if (!ring._readings[ring.Count].IsSound)
            {
                throw reader.Unsound();
            }
        }

        return ring;
    }

    private int Place(int index) => (_first + index) % Capacity;

    private ReadOnlySpan<double> Values(int index) => _values.AsSpan(Place(index) * dimension, dimension);
}
