using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;
using static Guard.Core.Tests.Watching.Slices.SlicePlay;

namespace Guard.Core.Tests.Watching.Slices;

public sealed class SliceTalliesStateTests
{
    [Theory]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public void A_restored_tally_goes_on_as_the_saved_one(int slots)
    {
        var options = new SliceTalliesOptions { PurchaseSlots = slots, PurchaseWindow = TimeSpan.FromDays(1) };
        var clicks = Drawn(3, 20_000, 20_000, Day);
        var whole = new SliceTallies(options);
        foreach (var part in clicks.Chunk(3_000))
        {
            Add(whole, part);
            Buy(whole, part);
        }

        var cut = new SliceTallies(options);
        foreach (var part in clicks.Chunk(3_000))
        {
            var saved = Saved(cut.Save);
            cut = SliceTallies.Restore(saved, options);
            Assert.Equal(saved, Saved(cut.Save));
            Add(cut, part.AsSpan(0, part.Length / 3));
            Add(cut, part.AsSpan(part.Length / 3));
            Buy(cut, part);
        }

        Assert.Equal(Saved(whole.Save), Saved(cut.Save));
        Assert.True(whole.Slices(Thresholds)[0].LastDay.Purchased > 0);
    }

    [Fact]
    public void Every_flipped_byte_and_every_cut_is_found()
    {
        var tallies = new SliceTallies();
        Add(tallies, Drawn(3, 50, 20_000, Hour));
        var saved = Saved(tallies.Save);
        for (var at = 0; at < saved.Length; at += at < 100 ? 1 : 997)
        {
            var broken = saved.ToArray();
            broken[at] ^= 0x10;
            Assert.Throws<StateFormatException>(() => SliceTallies.Restore(broken));
            Assert.Throws<StateFormatException>(() => SliceTallies.Restore(saved.AsSpan(0, at)));
        }

        Assert.Throws<StateFormatException>(() => SliceTallies.Restore([.. saved, 0]));
    }

    [Fact]
    public void An_empty_tally_saves_and_restores()
    {
        var tallies = SliceTallies.Restore(Saved(new SliceTallies().Save));
        Assert.Equal(long.MinValue, tallies.Newest);
        Assert.Empty(tallies.Slices(Thresholds));
        Assert.Null(tallies.Course(Slice.All, Thresholds));
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(5000)]
    public void Options_out_of_range_are_named(int slots) =>
        Assert.Contains("PurchaseSlots", Assert.Throws<ArgumentException>(() => new SliceTallies(new SliceTalliesOptions { PurchaseSlots = slots })).Message);

    private static void Buy(SliceTallies tallies, (Click Click, Decision Decision)[] part) =>
        tallies.Add(part.Where((_, row) => row % 9 == 0).Select(item => Purchase(item.Click.Id)).ToArray());
}
