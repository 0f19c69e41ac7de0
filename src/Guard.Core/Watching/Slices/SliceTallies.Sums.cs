using Guard.Core.Clicks;

namespace Guard.Core.Watching.Slices;

/// <content>What an interval that is over has of each slice.</content>
public sealed partial class SliceTallies
{
    // The leaves that ever had a click, ascending: few of the thousands that there may be.
    private readonly List<int> _seen = [];

    /// <summary>Sums what every slice that has something has in an interval of the fine ring, and since its matured counts began.</summary>
    /// <param name="interval">The interval; one beyond the newest click's has none.</param>
    /// <param name="firstOfDay">The first interval of the day that ends with it, whose clicks are wanted as well; <see cref="long.MaxValue"/> where they are not.</param>
    /// <returns>The slices by code.</returns>
    internal List<SliceSums> SumSlices(long interval, long firstOfDay)
    {
        var last = Math.Min(interval, EventGrid.Interval(Newest));
        var (first, firstDay) = (Math.Max(interval, FirstFine), Math.Max(firstOfDay, FirstFine));
        Span<SliceSums> inner = stackalloc SliceSums[Slice.InnerCount];
        inner.Clear();
        var slices = new List<SliceSums>();
        foreach (var code in _seen)
        {
            var sum = new SliceSums { Code = code, Matured = _matured[code] };
            if (_leaves[code] is { } leaf)
            {
                if (first <= last)
                {
                    sum.Counts = leaf.Interval(interval);
                }

                for (var each = firstDay; each <= last; each++)
                {
                    sum.DayClicks += leaf.Interval(each).Clicks;
                }
            }

            for (var above = Slice.FromCode(code).Parent; ; above = above.Parent)
            {
                inner[above.Code].Counts.Add(sum.Counts);
                inner[above.Code].DayClicks += sum.DayClicks;
                if (above.Depth == 0)
                {
                    break;
                }
            }

            if (!sum.IsEmpty)
            {
                slices.Add(sum);
            }
        }

        InsertInner(slices, inner);
        return slices;
    }

    // They come first by code, and are known last.
    private void InsertInner(List<SliceSums> slices, Span<SliceSums> inner)
    {
        var kept = 0;
        for (var code = 0; code < inner.Length; code++)
        {
            (inner[code].Code, inner[code].Matured) = (code, _matured[code]);
            if (!inner[code].IsEmpty)
            {
                inner[kept++] = inner[code];
            }
        }

        slices.InsertRange(0, inner[..kept]);
    }

    private void NoteSeen(int code)
    {
        if (_seen.BinarySearch(code) is < 0 and var place)
        {
            _seen.Insert(~place, code);
        }
    }
}
