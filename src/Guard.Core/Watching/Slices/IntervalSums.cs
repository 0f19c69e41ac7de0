using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

/// <summary>What <see cref="SliceMetrics"/> reads off the tallies when an interval is over. Those of all partitions of a host add to the host's.</summary>
/// <remarks>Only slices that have something take memory: of thousands, traffic touches few in five minutes.</remarks>
public sealed class IntervalSums
{
    private const uint Kind = 0x4D555349; // "ISUM"
    private const int Version = 1;
    private const string Name = "sums of an interval";
    private const int DayIntervals = 24 * EventGrid.IntervalsInHour;
    private const int RowBytes = sizeof(int) + 32 + 3 * sizeof(long);

    // By code, ascending.
    private List<SliceSums> _slices;

    private IntervalSums(long interval, List<SliceSums> slices) => (Interval, _slices) = (interval, slices);

    /// <summary>Gets the interval's number since 1970.</summary>
    public long Interval { get; }

    /// <summary>Gets the slices that have something, by code.</summary>
    internal ReadOnlySpan<SliceSums> Slices => CollectionsMarshal.AsSpan(_slices);

    /// <summary>Reads the sums of an interval that is over.</summary>
    public static IntervalSums Of(SliceTallies tallies, long interval)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        var firstOfDay = SliceMetrics.EndsHour(interval) ? interval - DayIntervals + 1 : long.MaxValue;
        return new IntervalSums(interval, tallies.SumSlices(interval, firstOfDay));
    }

    /// <summary>Gets what a slice has.</summary>
    internal SliceSums Of(int code)
    {
        var slices = Slices;
        var (low, high) = (0, slices.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (slices[middle].Code == code)
            {
                return slices[middle];
            }

            (low, high) = slices[middle].Code < code ? (middle + 1, high) : (low, middle - 1);
        }

        return new SliceSums { Code = code };
    }

    /// <summary>Adds the sums of another partition.</summary>
    /// <exception cref="ArgumentException">They are of another interval.</exception>
    public void Add(IntervalSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Interval != Interval)
        {
            throw new ArgumentException($"Sums of interval {other.Interval} do not add to those of {Interval}.", nameof(other));
        }

        Merge(other.Slices, static (ref SliceSums sum, in SliceSums part) => sum.Add(part));
    }

    /// <summary>Adds what is counted since the beginning of a partition that has no sums of this interval.</summary>
    public void AddMatured(IntervalSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Merge(other.Slices, static (ref SliceSums sum, in SliceSums part) => sum.AddMatured(part));
    }

    /// <summary>Writes the sums of the slices that have some, as a block with format version and checksum.</summary>
    public byte[] ToBytes()
    {
        var length = sizeof(long) + sizeof(int) + _slices.Count * RowBytes;
        var output = new ArrayBufferWriter<byte>(BlockWriter.HeaderLength + length + BlockWriter.TrailerLength);
        var writer = new BlockWriter(output, Kind, Version, length);
        writer.Write(Interval);
        writer.Write(_slices.Count);
        foreach (ref readonly var slice in Slices)
        {
            writer.Write(slice.Code);
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<IntervalCounts>(in slice.Counts)));
            writer.Write(slice.Matured.Purchased);
            writer.Write(slice.Matured.Invalid);
            writer.Write(slice.DayClicks);
        }

        writer.Finish();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    public static IntervalSums FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new BlockReader(bytes, Kind, Version, Name);
        var interval = reader.ReadInt64();
        var count = reader.ReadInt32(0, Slice.Count);
        var slices = new List<SliceSums>(Math.Min(count, bytes.Length / RowBytes));
        for (var (left, last) = (count, -1); left > 0; left--)
        {
            var slice = new SliceSums
            {
                Code = reader.ReadInt32(last + 1, Slice.Count - 1),
                Counts = MemoryMarshal.Read<IntervalCounts>(reader.ReadBytes(Unsafe.SizeOf<IntervalCounts>())),
                Matured = new MaturedCounts(reader.ReadInt64(), reader.ReadInt64()),
                DayClicks = reader.ReadInt64(),
            };
            if (!slice.Counts.IsSound)
            {
                throw reader.Unsound();
            }

            slices.Add(slice);
            last = slice.Code;
        }

        reader.Finish();
        return new IntervalSums(interval, slices);
    }

    private void Merge(ReadOnlySpan<SliceSums> others, AddPart add)
    {
        var own = Slices;
        var merged = new List<SliceSums>(Math.Max(own.Length, others.Length));
        for (var (at, other) = (0, 0); at < own.Length || other < others.Length;)
        {
            var code = Math.Min(at < own.Length ? own[at].Code : int.MaxValue, other < others.Length ? others[other].Code : int.MaxValue);
            var sum = at < own.Length && own[at].Code == code ? own[at++] : new SliceSums { Code = code };
            if (other < others.Length && others[other].Code == code)
            {
                add(ref sum, others[other++]);
            }

            if (!sum.IsEmpty)
            {
                merged.Add(sum);
            }
        }

        _slices = merged;
    }

    private delegate void AddPart(ref SliceSums sum, in SliceSums part);
}
