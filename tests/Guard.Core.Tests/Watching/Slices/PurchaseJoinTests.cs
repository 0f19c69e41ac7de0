using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Watching.Slices;
using static Guard.Core.Tests.Watching.Slices.SlicePlay;

namespace Guard.Core.Tests.Watching.Slices;

public sealed class PurchaseJoinTests
{
    [Fact]
    public void A_purchase_counts_once_in_the_interval_of_its_click()
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 11, Phone, .9f, invalid: true);
        tallies.Add(Start + Day + 2 * Hour, 12, Desk, .1f, invalid: false);
        tallies.Add([Purchase(11), Purchase(11), Purchase(12), Purchase(99), Purchase(0)]);
        Assert.Equal(3, tallies.Unjoined);
        Assert.Equal(new TrafficTally(1, 1, .9f, 1, 1), Assert.Single(tallies.Course(Phone, Thresholds)!.Intervals).Tally);
        Assert.Equal(new TrafficTally(1, 0, .1f, 1, 0), Assert.Single(tallies.Course(Desk, Thresholds)!.Intervals).Tally);
        Assert.Equal(2, tallies.Course(Slice.All, Thresholds)!.Intervals.Sum(interval => interval.Tally.Purchased));
    }

    [Fact]
    public void A_purchase_finds_its_click_for_a_window_at_least_and_for_less_than_two()
    {
        var options = new SliceTalliesOptions { PurchaseWindow = TimeSpan.FromHours(6) };
        foreach (var (age, found) in ((long, bool)[])[(6 * Hour - 1, true), (12 * Hour, false), (40 * Hour, false)])
        {
            for (var phase = 0; phase < 12; phase++)
            {
                var tallies = new SliceTallies(options);
                tallies.Add(Start, 1, Phone, .5f, invalid: false);
                tallies.Add(Start + phase * Hour, 2, Phone, .5f, invalid: false);
                tallies.Add(Start + phase * Hour + age, 3, Phone, .5f, invalid: false);
                tallies.Add([Purchase(2)]);
                Assert.Equal(found ? 0 : 1, tallies.Unjoined);
            }
        }
    }

    [Fact]
    public void Where_there_is_no_room_for_all_clicks_rates_stay_what_they_are()
    {
        const int Clicks = 100_000;
        var random = new Random(4);
        var tallies = new SliceTallies(new SliceTalliesOptions { PurchaseSlots = 1 << 14 });
        var ids = new ulong[Clicks];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(ids.AsSpan()));
        for (var row = 0; row < Clicks; row++)
        {
            tallies.Add(Start + row, ids[row], Phone, .5f, invalid: row % 10 == 0);
        }

        Assert.True(tallies.PurchaseShare is <= 1 / 8.0 and >= 1 / 32.0, $"{tallies.PurchaseShare}");
        var purchases = ids.Select(Purchase).ToArray();
        tallies.Add(purchases);
        var tally = tallies.Slices(Thresholds)[0].LastDay;
        Assert.InRange(tally.Purchased, tallies.PurchaseShare * Clicks * .9, 3 * (1 << 14) / 4);
        Assert.Equal(Clicks - tally.Purchased, tallies.Unjoined);
        Assert.InRange(.1, tally.Fpr!.Value.Lower, tally.Fpr.Value.Upper);
        Assert.True(tallies.MemoryBytes < (2 << 14) * 16 + 500_000);
    }

    [Fact]
    public void After_a_quiet_window_all_clicks_are_held_again()
    {
        var random = new Random(6);
        var tallies = new SliceTallies(new SliceTalliesOptions { PurchaseSlots = 4096, PurchaseWindow = TimeSpan.FromHours(1) });
        for (var row = 0; row < 10_000; row++)
        {
            tallies.Add(Start + row, (ulong)random.NextInt64(long.MinValue, long.MaxValue), Phone, .5f, invalid: false);
        }

        Assert.True(tallies.PurchaseShare < 1);
        tallies.Add(Start + 3 * Hour, 5, Phone, .5f, invalid: false);
        for (var hour = 0; hour < 10; hour++)
        {
            for (var id = 0; id < 400; id++)
            {
                tallies.Add(Start + (4 + hour) * Hour, (ulong)random.NextInt64(long.MinValue, long.MaxValue), Phone, .5f, invalid: false);
            }
        }

        Assert.Equal(1, tallies.PurchaseShare);
    }

    [Fact]
    public void A_second_click_of_the_same_id_is_the_one_that_purchases() // two sources may use one click id
    {
        var tallies = new SliceTallies();
        tallies.Add(Start, 11, Phone, .9f, invalid: true);
        tallies.Add(Start, 11, Desk, .1f, invalid: false);
        tallies.Add([Purchase(11), Purchase(11)]);
        Assert.Equal(1, tallies.Slices(Thresholds)[0].LastDay.Purchased);
        Assert.Equal(1, tallies.Course(Desk, Thresholds)!.Traffic.LastDay.Purchased);
    }
}
