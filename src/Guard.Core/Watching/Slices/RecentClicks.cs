using System.Buffers;
using System.Runtime.CompilerServices;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

/// <summary>
/// The clicks that a purchase may still name: those of at least one and less than two windows of event time, in two generations. Where more come
/// than there is room for, every second one is kept, every fourth, and so on, chosen by the hash of the id: rates among purchasing clicks stay what
/// they are, from fewer of them.
/// </summary>
/// <remarks>
/// This is one of <see cref="Parts"/> parts, by the upper bits of the id: a part goes by the times of its own clicks alone, so that it is saved
/// and goes on by itself. Segments grow and thin one at a time, so none of it stalls a batch; a turn of generations clears memory and allocates nothing.
/// </remarks>
internal sealed class RecentClicks
{
    public const int Parts = 16;
    private const int Segments = 16;
    private const uint Kind = 0x4B4C4352; // "RCLK"
    private const int Version = 2;
    private const string Name = "recent clicks";

    private readonly long _window;
    private readonly int _mostSlots;
    private ClickSegment[] _current = Create();
    private ClickSegment[] _previous = Create();
    private long _newest = long.MinValue;
    private long _turn = long.MaxValue;

    public RecentClicks(TimeSpan window, int slots) =>
        (_window, _mostSlots) = ((long)window.TotalMilliseconds, Math.Max(ClickSegment.FirstSlots, slots / Parts / Segments));

    public static int PartOf(ulong id) => (int)(id >> 60);

    public int Count => _current.Sum(static segment => segment.Count) + _previous.Sum(static segment => segment.Count);

    public long Bytes => _current.Sum(static segment => segment.Bytes) + _previous.Sum(static segment => segment.Bytes);

    /// <summary>Gets the least share of clicks that a part of the memory holds.</summary>
    public double Share => 1.0 / (1L << Math.Max(_current.Max(static segment => segment.Level), _previous.Max(static segment => segment.Level)));

    public static bool IsSound(in RecentClick click) =>
        click.Leaf < Slice.Count && Slice.FromCode(click.Leaf).Depth == 3 && click.ScoreBin < EventGrid.ScoreBins && CounterTime.Holds(click.Time)
        && click.Flags <= (RecentClick.InvalidFlag | RecentClick.TakenFlag);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchPlace(ulong id)
    {
        var segment = _current[SegmentOf(id)];
        if (segment.Samples(id))
        {
            segment.PrefetchPlace(id);
        }
    }

    /// <summary>Holds a click.</summary>
    /// <param name="click">The click, with an id other than 0.</param>
    /// <param name="time">Its event time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in RecentClick click, long time)
    {
        _newest = Math.Max(_newest, time);
        if (_newest >= _turn || _turn == long.MaxValue)
        {
            Turn(_newest);
        }

        var segment = _current[SegmentOf(click.Id)];
        if (segment.Samples(click.Id))
        {
            segment.Add(click, _mostSlots);
        }
    }

    /// <summary>Takes the click that a purchase names, so that it counts as purchasing once.</summary>
    public bool TryTake(ulong id, out RecentClick click)
    {
        click = default;
        if (id == 0)
        {
            return false;
        }

        ref var found = ref _current[SegmentOf(id)].Find(id);
        if (Unsafe.IsNullRef(in found))
        {
            found = ref _previous[SegmentOf(id)].Find(id);
        }

        if (Unsafe.IsNullRef(in found) || found.Taken)
        {
            return false;
        }

        click = found;
        found.Flags |= RecentClick.TakenFlag;
        return true;
    }

    public void Save(IBufferWriter<byte> output)
    {
        var length = 2 * sizeof(long) + _current.Sum(static segment => (long)segment.SavedBytes) + _previous.Sum(static segment => (long)segment.SavedBytes);
        var writer = new BlockWriter(output, Kind, Version, length);
        writer.Write(_newest);
        writer.Write(_turn);
        Array.ForEach(_current, segment => segment.Write(writer));
        Array.ForEach(_previous, segment => segment.Write(writer));
        writer.Finish();
    }

    /// <exception cref="StateFormatException">The block is damaged, cut short, or of another kind or version.</exception>
    public static RecentClicks Restore(ReadOnlySpan<byte> block, int part, TimeSpan window, int slots)
    {
        var reader = new BlockReader(block, Kind, Version, Name);
        var clicks = new RecentClicks(window, slots) { _newest = reader.ReadInt64(), _turn = reader.ReadInt64() };
        foreach (var generation in (ReadOnlySpan<ClickSegment[]>)[clicks._current, clicks._previous])
        {
            for (var number = 0; number < Segments; number++)
            {
                generation[number] = ClickSegment.Read(ref reader, (ulong)(part * Segments + number));
            }
        }

        reader.Finish();
        return clicks;
    }

    private static int SegmentOf(ulong id) => (int)(id >> 56) & (Segments - 1);

    private static ClickSegment[] Create() => [.. Enumerable.Range(0, Segments).Select(static _ => new ClickSegment())];

    private void Turn(long newest)
    {
        if (_turn == long.MaxValue)
        {
            _turn = newest + _window;
            return;
        }

        // After a gap of a whole window nothing that was seen is still within one.
        var gap = newest - _turn >= _window;
        (_current, _previous) = (_previous, _current);
        for (var number = 0; number < Segments; number++)
        {
            // A little less than the last generation needed: traffic may have fallen, and what is thinned too much stays so for a window.
            _current[number].Clear(Math.Max(0, _previous[number].Level - 1));
            if (gap)
            {
                _previous[number].Clear(0);
            }
        }

        _turn = gap ? newest + _window : _turn + _window;
    }
}
