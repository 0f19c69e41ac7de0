using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guard.Core.Counters;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

/// <summary>The tallies of one leaf: rings of intervals, of hours and of daily score histograms; 21 KB, all allocated with the leaf.</summary>
internal sealed class LeafTallies
{
    private const int IntervalBytes = 32;

    /// <summary>The bytes that <see cref="Write"/> writes.</summary>
    public const int SavedBytes = sizeof(long) + (EventGrid.FineSlots + EventGrid.CoarseHours) * IntervalBytes + 2 * EventGrid.Days * EventGrid.ScoreBins * sizeof(uint);

    private readonly IntervalCounts[] _intervals = new IntervalCounts[EventGrid.FineSlots];
    private readonly IntervalCounts[] _hours = new IntervalCounts[EventGrid.CoarseHours];
    private readonly uint[] _scores = new uint[EventGrid.Days * EventGrid.ScoreBins];
    private readonly uint[] _purchased = new uint[EventGrid.Days * EventGrid.ScoreBins];

    /// <summary>The hour of the leaf's newest click.</summary>
    public int NewestHour { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref IntervalCounts Interval(long interval) => ref _intervals[(int)((ulong)interval % EventGrid.FineSlots)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref IntervalCounts Hour(int hour) => ref _hours[(int)((uint)hour % EventGrid.CoarseHours)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddScore(int day, int bin) => Increment(ref _scores[At(day, bin)]);

    /// <summary>Asks for the memory of a click of the last day.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchPlaces(long time, float score)
    {
        Prefetch.Line(ref Interval(EventGrid.Interval(time)));
        Prefetch.Line(ref _scores[At(EventGrid.Day(time), EventGrid.Bin(score))]);
    }

    public void AddPurchased(int day, int bin) => Increment(ref _purchased[At(day, bin)]);

    /// <summary>Moves an hour out of the fine ring into the coarse one.</summary>
    public void Coarsen(int hour)
    {
        var fine = _intervals.AsSpan((int)((uint)hour * EventGrid.IntervalsInHour % EventGrid.FineSlots), EventGrid.IntervalsInHour);
        ref var sum = ref Hour(hour);
        sum = default;
        foreach (ref readonly var interval in fine)
        {
            sum.Add(interval);
        }

        fine.Clear();
    }

    /// <summary>Forgets the scores that stand where those of a new day belong.</summary>
    public void BeginDay(int day)
    {
        _scores.AsSpan(At(day, 0), EventGrid.ScoreBins).Clear();
        _purchased.AsSpan(At(day, 0), EventGrid.ScoreBins).Clear();
    }

    /// <summary>Adds the histograms of some of the kept days to two sums.</summary>
    public void SumScores(Span<long> scores, Span<long> purchased, int firstDay, int lastDay)
    {
        for (var day = Math.Max(0, firstDay); day <= lastDay; day++)
        {
            for (var bin = 0; bin < EventGrid.ScoreBins; bin++)
            {
                scores[bin] += _scores[At(day, bin)];
                purchased[bin] += _purchased[At(day, bin)];
            }
        }
    }

    /// <summary>Sums intervals of the fine ring.</summary>
    public TrafficTally Sum(long first, long last)
    {
        var sum = default(IntervalCounts);
        for (var interval = Math.Max(0, first); interval <= last; interval++)
        {
            sum.Add(Interval(interval));
        }

        return sum.Tally;
    }

    public void Write(BlockWriter writer)
    {
        writer.Write((long)NewestHour);
        writer.Write(MemoryMarshal.AsBytes<IntervalCounts>(_intervals));
        writer.Write(MemoryMarshal.AsBytes<IntervalCounts>(_hours));
        writer.Write(MemoryMarshal.AsBytes<uint>(_scores));
        writer.Write(MemoryMarshal.AsBytes<uint>(_purchased));
    }

    public static LeafTallies Read(ref BlockReader reader)
    {
        var hour = reader.ReadInt64();
        var leaf = new LeafTallies { NewestHour = (int)hour };
        Fill<IntervalCounts>(ref reader, leaf._intervals);
        Fill<IntervalCounts>(ref reader, leaf._hours);
        Fill<uint>(ref reader, leaf._scores);
        Fill<uint>(ref reader, leaf._purchased);
        var sound = hour is >= 0 and <= int.MaxValue && leaf._intervals.All(static counts => counts.IsSound) && leaf._hours.All(static counts => counts.IsSound);
        return sound ? leaf : throw reader.Unsound();
    }

    private static int At(int day, int bin) => (int)((uint)day % EventGrid.Days * EventGrid.ScoreBins) + bin;

    // A bin that is full stays so: at 50,000 clicks a second of one score in one leaf that is after a day.
    private static void Increment(ref uint count) => count += count == uint.MaxValue ? 0u : 1u;

    private static void Fill<T>(ref BlockReader reader, T[] values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        reader.ReadBytes(bytes.Length).CopyTo(bytes);
    }
}
