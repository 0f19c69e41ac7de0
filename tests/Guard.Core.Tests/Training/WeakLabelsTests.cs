using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Training;
using static Guard.Core.Tests.Training.SyntheticClicks;

namespace Guard.Core.Tests.Training;

public class WeakLabelsTests
{
    private const long Later = Start + 60 * Day;

    [Fact]
    public void A_click_that_a_purchase_names_within_the_window_is_human()
    {
        var table = Table(Facts(Start, 1, user: 1), Facts(Start, 2, user: 2), Facts(Start, 3, user: 3), Facts(Start, 4, user: 4));
        var labels = WeakLabels.Of(table, [Buys(1, Start + 7 * Day), Buys(2, Start + 7 * Day + 1), Buys(3, Start - 1)], Later, new() { HighRfm = 16 });
        Assert.Equal([WeakLabel.Human, WeakLabel.NonHuman, WeakLabel.NonHuman, WeakLabel.NonHuman], labels.Values.ToArray());
        Assert.Equal((1, 3, 0, 1), (labels.Human, labels.NonHuman, labels.Excluded, labels.PurchasingClicks));
        Assert.True(labels.IsPurchasing(0));
        Assert.False(labels.IsPurchasing(1));
    }

    [Fact]
    public void A_click_too_young_for_its_purchase_is_left_out_whether_it_bought_or_not()
    {
        var table = Table(Facts(Start, 1), Facts(Start + Day, 2), Facts(Start + Day + 1, 3));
        var labels = WeakLabels.Of(table, [Buys(3, Start + Day + 5)], asOf: Start + 2 * Day, new() { Maturity = TimeSpan.FromDays(1) });
        Assert.Equal([WeakLabel.NonHuman, WeakLabel.NonHuman, WeakLabel.Excluded], labels.Values.ToArray());
        Assert.True(labels.IsPurchasing(2));
    }

    [Fact]
    public void Clicks_of_a_user_with_a_high_RFM_score_are_human()
    {
        // Five users; the fifth bought last, most often and for most, the first the least of each.
        var table = Table(Facts(Start, 1, user: 5), Facts(Start, 2, user: 1), Facts(Start, 3, user: 99));
        var labels = WeakLabels.Of(table, History(), Later, new() { HighRfm = 15 });
        Assert.Equal([WeakLabel.Human, WeakLabel.NonHuman, WeakLabel.NonHuman], labels.Values.ToArray());
        Assert.Equal(0, labels.PurchasingClicks);

        Assert.Equal(2, WeakLabels.Of(table, History(), Later, new() { HighRfm = 3 }).Human);
        Assert.Equal(0, WeakLabels.Of(table, History(), Later, new() { HighRfm = 16 }).Human);
    }

    [Fact]
    public void The_quintiles_of_recency_frequency_and_money_add_up()
    {
        var scores = new RfmScores(History());
        for (var threshold = 3; threshold <= 15; threshold++)
        {
            var expected = Enumerable.Range(1, 5).Where(user => 3 * user >= threshold).Select(user => (ulong)user);
            Assert.Equal(expected, scores.AtLeast(threshold, Start).Order());
        }
    }

    [Fact]
    public void Users_with_equal_histories_score_alike()
    {
        Purchase[] same = [.. Enumerable.Range(1, 50).Select(user => new Purchase(Start - Day, 0, (ulong)user, (ulong)user, 10))];
        var scores = new RfmScores(same);
        Assert.Equal(50, scores.AtLeast(3, Start).Count);
        Assert.Empty(scores.AtLeast(4, Start));
    }

    [Fact]
    public void No_label_by_RFM_depends_on_a_purchase_at_or_after_the_click() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var table = Table([.. Enumerable.Range(1, 40).Select(i => Facts(Start + random.NextInt64(20 * Day), (ulong)i, user: (ulong)random.Next(1, 9)))]);
        Purchase[] purchases = [.. Enumerable.Range(1, 60).Select(i => new Purchase(Start + random.NextInt64(-5 * Day, 20 * Day), 0, (ulong)random.Next(1, 9), (ulong)i, random.Next(1, 100)))];
        var options = new WeakLabelOptions { HighRfm = 10 };
        var cut = Start + random.NextInt64(20 * Day);
        var all = WeakLabels.Of(table, purchases, Later, options);
        var past = WeakLabels.Of(table, [.. purchases.Where(p => p.Time < cut)], Later, options);
        for (var row = 0; row < table.Count; row++)
        {
            Assert.True(table.Facts[row].Time > cut || all.Values[row] == past.Values[row]);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Labels_do_not_depend_on_the_order_of_purchases() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var table = Table([.. Enumerable.Range(1, 30).Select(i => Facts(Start + random.NextInt64(9 * Day), (ulong)random.Next(1, 25), user: (ulong)random.Next(1, 9)))]);
        Purchase[] purchases = [.. Enumerable.Range(1, 40).Select(i => new Purchase(Start + random.NextInt64(9 * Day), (ulong)random.Next(30), (ulong)random.Next(9), (ulong)i, random.Next(1, 100)))];
        var before = WeakLabels.Of(table, purchases, Later);
        random.Shuffle(purchases);
        Assert.Equal(before.Values.ToArray(), WeakLabels.Of(table, purchases, Later).Values.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_option_out_of_range_is_refused_by_name() => Assert.Contains(
        "HighRfm", Assert.Throws<ArgumentException>(() => WeakLabels.Of(new FeatureTable(Scoring.RandomNetworks.Schema(1)), [], 0, new() { HighRfm = 17 })).Message, StringComparison.Ordinal);

    private static Purchase Buys(ulong click, long time) => new(time, click, 0, click, 1_000_000);

    private static Purchase[] History() =>
        [.. Enumerable.Range(1, 5).SelectMany(user => Enumerable.Range(0, user).Select(i => new Purchase(Start - 10 * Day + user * Day - i, 0, (ulong)user, (ulong)(user * 10 + i), user * 100)))];
}
