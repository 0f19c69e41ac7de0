using System.Collections.Immutable;

namespace Guard.Engine.Log;

/// <summary>The segments of a log in order, as of any moment.</summary>
internal sealed class SegmentList
{
    private ImmutableArray<Segment> _segments = [];

    public ImmutableArray<Segment> Current => ImmutableInterlocked.InterlockedCompareExchange(ref _segments, default, default);

    public void Add(Segment segment) => ImmutableInterlocked.Update(ref _segments, static (list, added) => list.Add(added), segment);

    public void Remove(Segment segment) => ImmutableInterlocked.Update(ref _segments, static (list, removed) => list.Remove(removed), segment);

    /// <summary>Finds the last segment that begins at or before a position.</summary>
    public Segment? ByPosition(long position) => Last(position, static segment => segment.First);

    /// <summary>Finds the last segment that begins at or before a number.</summary>
    public Segment? ByNumber(long number) => Last(number, static segment => segment.Header.FirstNumber);

    /// <summary>Finds the segment that comes behind another.</summary>
    public Segment? After(Segment segment)
    {
        foreach (var other in Current)
        {
            if (other.First > segment.First)
            {
                return other;
            }
        }

        return null;
    }

    private Segment? Last(long value, Func<Segment, long> begin)
    {
        var segments = Current;
        var index = segments.Length - 1;
        while (index >= 0 && begin(segments[index]) > value)
        {
            index--;
        }

        return index < 0 ? null : segments[index];
    }
}
