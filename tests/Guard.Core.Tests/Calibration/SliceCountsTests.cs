using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Tests.Calibration;

public sealed class SliceCountsTests
{
    [Fact]
    public void A_slice_has_the_counts_of_all_below_it()
    {
        var facts = new[] { "mobile/in/DE", "mobile/in/FR", "mobile/out/DE", "desktop/in/DE" }
            .Select((slice, index) => new ClickFacts(index, (ulong)index, 0, 0, 0, Slice.Parse(slice), false)).ToArray();

        var counts = SliceCounts.Of(facts, [true, false, true, false], [true, true, false, false], 10);

        Assert.Equal(new ClickCounts(4, 2, 2, 1, 0, 0), counts[Slice.All.Code]);
        Assert.Equal(new ClickCounts(3, 2, 2, 1, 0, 0), counts[Slice.Parse("mobile").Code]);
        Assert.Equal(new ClickCounts(2, 2, 1, 1, 0, 0), counts[Slice.Parse("mobile/in").Code]);
        Assert.Equal(new ClickCounts(1, 0, 0, 0, 0, 0), counts[Slice.Parse("desktop/in/DE").Code]);
    }

    [Fact]
    public void Covered_are_the_invalidated_clicks_of_sessions_with_more_than_k_clicks_in_an_hour()
    {
        var facts = Enumerable.Range(0, 5).Select(index => new ClickFacts(index * 1000, (ulong)index, 0, index < 4 ? 7UL : 8UL, 0, Slice.Parse("tv/out/US"), false)).ToArray();

        var counts = SliceCounts.Of(facts, new bool[5], [true, false, true, true, true], 3);

        Assert.Equal(new ClickCounts(5, 4, 0, 0, 4, 3), counts[Slice.All.Code]);
    }

    [Fact]
    public void Spans_of_different_lengths_are_an_error() =>
        Assert.Throws<ArgumentException>(() => SliceCounts.Of(new ClickFacts[2], [true], [true, true], 1));
}
