using System.Runtime.InteropServices;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

/// <summary>What <see cref="SliceMetrics"/> reads off the tallies when an interval is over. Those of all partitions of a host add to the host's.</summary>
public sealed class IntervalSums
{
    private const uint Kind = 0x4D555349; // "ISUM"
    private const int Version = 1;
    private const string Name = "sums of an interval";
    private const int DayIntervals = 24 * EventGrid.IntervalsInHour;

    private IntervalSums(long interval) => Interval = interval;

    /// <summary>Gets the interval's number since 1970.</summary>
    public long Interval { get; }

    /// <summary>The counts of every slice in the interval, by code.</summary>
    internal IntervalCounts[] Counts { get; } = new IntervalCounts[Slice.Count];

    /// <summary>The purchasing clicks of every slice since the tallies began.</summary>
    internal MaturedCounts[] Matured { get; } = new MaturedCounts[Slice.Count];

    /// <summary>The clicks of every slice in the day that ends with the interval; of an interval that ends an hour, else none.</summary>
    internal long[] DayClicks { get; } = new long[Slice.Count];

    /// <summary>Reads the sums of an interval that is over.</summary>
    public static IntervalSums Of(SliceTallies tallies, long interval)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        var sums = new IntervalSums(interval);
        tallies.SumInto(sums.Counts, interval, interval);
        for (var code = 0; code < Slice.Count; code++)
        {
            sums.Matured[code] = tallies.Matured(code);
        }

        if (SliceMetrics.EndsHour(interval))
        {
            var day = new IntervalCounts[Slice.Count];
            tallies.SumInto(day, interval - DayIntervals + 1, interval);
            for (var code = 0; code < Slice.Count; code++)
            {
                sums.DayClicks[code] = day[code].Clicks;
            }
        }

        return sums;
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

        AddMatured(other);
        for (var code = 0; code < Slice.Count; code++)
        {
            Counts[code].Add(other.Counts[code]);
            DayClicks[code] += other.DayClicks[code];
        }
    }

    /// <summary>Adds what is counted since the beginning of a partition that has no sums of this interval.</summary>
    public void AddMatured(IntervalSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var code = 0; code < Slice.Count; code++)
        {
            ref var matured = ref Matured[code];
            matured = new MaturedCounts(matured.Purchased + other.Matured[code].Purchased, matured.Invalid + other.Matured[code].Invalid);
        }
    }

    /// <summary>Writes the sums of the slices that have some, as a block with format version and checksum.</summary>
    public byte[] ToBytes()
    {
        var body = new BlockBody();
        body.Write(Interval);
        int[] codes = [.. Enumerable.Range(0, Slice.Count).Where(code => Counts[code].Clicks != 0 || Matured[code].Purchased != 0 || DayClicks[code] != 0)];
        body.Write(codes.Length);
        foreach (var code in codes)
        {
            body.Write(code);
            body.Write(MemoryMarshal.AsBytes(Counts.AsSpan(code, 1)));
            body.Write(Matured[code].Purchased);
            body.Write(Matured[code].Invalid);
            body.Write(DayClicks[code]);
        }

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        body.Finish(output, Kind, Version);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    public static IntervalSums FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new BlockReader(bytes, Kind, Version, Name);
        var sums = new IntervalSums(reader.ReadInt64());
        for (var left = reader.ReadInt32(0, Slice.Count); left > 0; left--)
        {
            var code = reader.ReadInt32(0, Slice.Count - 1);
            reader.ReadBytes(System.Runtime.CompilerServices.Unsafe.SizeOf<IntervalCounts>()).CopyTo(MemoryMarshal.AsBytes(sums.Counts.AsSpan(code, 1)));
            sums.Matured[code] = new MaturedCounts(reader.ReadInt64(), reader.ReadInt64());
            sums.DayClicks[code] = reader.ReadInt64();
            if (!sums.Counts[code].IsSound)
            {
                throw reader.Unsound();
            }
        }

        reader.Finish();
        return sums;
    }
}
