using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Reading;

/// <summary>Makes filters.</summary>
internal static class RowFilters
{
    /// <summary>Takes what a query asks for.</summary>
    public static RowFilter Of(DecisionQuery query) => (in DecidedRow row) =>
        (query.Verdict is not { } verdict || row.Verdict == (int)verdict) && (query.Slice is not { } slice || IsWithin(Slice.FromCode(row.Slice), slice));

    private static bool IsWithin(Slice leaf, Slice slice)
    {
        while (leaf.Depth > slice.Depth)
        {
            leaf = leaf.Parent;
        }

        return leaf == slice;
    }
}
