using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Features;
using Guard.Core.Training;
using static Guard.Core.Tests.Training.SyntheticClicks;

namespace Guard.Core.Tests.Training;

public class SampleWeightsTests
{
    [Fact]
    public void Raked_weights_count_every_hour_weekday_login_and_label_the_same_to_1e_6() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var (table, labels) = Skewed(20_000, seed);
        var raked = SampleWeights.Rake(table, labels, new() { ClipMultiple = null, LeastEffectiveShare = 0 });
        Assert.True(raked.Converged, raked.Problem);
        foreach (var shares in Marginals(table, labels, raked.Values))
        {
            var occurring = shares.Where(s => s > 0).ToArray();
            Assert.All(occurring, share => Assert.Equal(1, share * occurring.Length, 1e-6));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    [Fact]
    public void Hours_and_weekdays_that_do_not_occur_are_left_out_of_the_balance()
    {
        var table = Table(Facts(Start, 1), Facts(Start + 1, 2), Facts(Start + 2, 3, loggedIn: true), Facts(Start + 3, 4, loggedIn: true), Facts(Start + 4, 5));
        var raked = SampleWeights.Rake(table, [WeakLabel.Human, WeakLabel.NonHuman, WeakLabel.Human, WeakLabel.NonHuman, WeakLabel.NonHuman], new() { ClipMultiple = null });
        Assert.True(raked.Converged);

        // Raking keeps the odds ratio of login and label, here ½: the shares x and ½ − x of the four cells solve x² / (½ − x)² = ½.
        var x = 0.5 - 0.5 / (1 + Math.Sqrt(0.5));
        double[] expected = [5 * x, 5 * (0.5 - x) / 2, 5 * (0.5 - x), 5 * x, 5 * (0.5 - x) / 2];
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row], raked.Values[row], 1e-5);
        }
    }

    [Fact]
    public void Hour_and_weekday_are_those_of_UTC()
    {
        // 2026-01-05T00:00Z is a Monday; 1601-01-01 was a Monday; 1969-12-31T23:59:59.999Z was a Wednesday.
        Assert.Equal((0, 0), (CalendarCell.Hour(Start), CalendarCell.Weekday(Start)));
        Assert.Equal((23, 6), (CalendarCell.Hour(Start - 1), CalendarCell.Weekday(Start - 1)));
        Assert.Equal((0, 0), (CalendarCell.Hour(-11_644_473_600_000), CalendarCell.Weekday(-11_644_473_600_000)));
        Assert.Equal((23, 2), (CalendarCell.Hour(-1), CalendarCell.Weekday(-1)));
    }

    [Fact]
    public void Clipping_keeps_each_labels_share_and_raises_the_effective_sample_size()
    {
        var (table, labels) = Skewed(20_000, seed: 5);
        var raked = SampleWeights.Rake(table, labels, new() { ClipMultiple = 2 });
        Assert.True(raked.EffectiveSampleSize > raked.EffectiveSampleSizeUnclipped);
        Assert.True(raked.Largest < raked.LargestUnclipped);
        var shares = Marginals(table, labels, raked.Values)[3];
        Assert.Equal(0.5, shares[0], 1e-6);
        Assert.Equal(1, raked.Values.ToArray().Sum(w => (double)w) / labels.Count(l => l != WeakLabel.Excluded), 1e-6);
    }

    [Fact]
    public void The_effective_sample_size_is_that_of_Kish()
    {
        var (table, labels) = Skewed(2_000, seed: 6);
        var raked = SampleWeights.Rake(table, labels);
        var weights = raked.Values.ToArray().Select(w => (double)w).ToArray();
        Assert.Equal(Math.Pow(weights.Sum(), 2) / weights.Sum(w => w * w), raked.EffectiveSampleSize, 0.01);
    }

    [Fact]
    public void Combinations_that_cannot_be_balanced_are_reported()
    {
        // Humans only at midnight and robots from midnight to two: hours 1 and 2 would need two thirds of the weight, and the robots have half.
        var table = Table(Facts(Start, 1), Facts(Start, 2), Facts(Start + 3_600_000, 3), Facts(Start + 2 * Day + 7_200_000, 4));
        var raked = SampleWeights.Rake(table, [WeakLabel.Human, WeakLabel.NonHuman, WeakLabel.NonHuman, WeakLabel.NonHuman], new() { MaxRounds = 200 });
        Assert.False(raked.Converged);
        Assert.Contains("combinations", raked.Problem, StringComparison.Ordinal);
        Assert.All(raked.Values.ToArray(), w => Assert.True(float.IsFinite(w)));
    }

    [Theory]
    [InlineData(47, new[] { "login", "label" })]
    [InlineData(48, new[] { "hour", "login", "label" })]
    [InlineData(14 * 24, new[] { "hour", "weekday", "login", "label" })]
    public void Hours_and_weekdays_are_balanced_only_where_their_cycle_came_round_twice(int hours, string[] balanced)
    {
        var table = Table(Facts(Start, 1), Facts(Start + 3_600_000, 2), Facts(Start + hours * 3_600_000L, 3), Facts(Start + 40 * Day, 4));
        var raked = SampleWeights.Rake(table, [WeakLabel.Human, WeakLabel.NonHuman, WeakLabel.NonHuman, WeakLabel.Excluded]);
        Assert.Equal(balanced, raked.Balanced);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Weights_that_a_few_clicks_would_rule_are_tempered_until_each_label_keeps_its_worth(double least)
    {
        var (table, labels) = Skewed(800, seed: 7);
        var plain = SampleWeights.Rake(table, labels, new() { ClipMultiple = null, LeastEffectiveShare = 0 });
        var tempered = SampleWeights.Rake(table, labels, new() { ClipMultiple = null, LeastEffectiveShare = least });
        Assert.True(Shares(plain).Min() < least, $"{Shares(plain).Min()}");
        Assert.Equal(least, Shares(tempered).Min(), 1e-4);
        Assert.InRange(tempered.Power, 0.01, 0.99);
        Assert.Equal(0.5, Marginals(table, labels, tempered.Values)[3][0], 1e-4);

        double[] Shares(SampleWeights weights) => [.. new[] { WeakLabel.Human, WeakLabel.NonHuman }.Select(label =>
        {
            var own = weights.Values.ToArray().Where((_, row) => labels[row] == label).Select(w => (double)w).ToArray();
            return Math.Pow(own.Sum(), 2) / own.Sum(w => w * w) / own.Length;
        })];
    }

    [Fact]
    public void A_power_of_zero_balances_the_labels_alone()
    {
        var (table, labels) = Skewed(800, seed: 8);
        var weights = SampleWeights.Rake(table, labels, new() { LeastEffectiveShare = 1 });
        Assert.Equal(0, weights.Power, 1e-6);
        var human = labels.Count(l => l == WeakLabel.Human);
        var labelled = labels.Count(l => l != WeakLabel.Excluded);
        Assert.All(Enumerable.Range(0, labels.Length).Where(row => labels[row] == WeakLabel.Human), row => Assert.Equal(labelled / (2.0 * human), weights.Values[row], 1e-3));
    }

    [Fact]
    public void Without_a_labelled_click_there_is_nothing_to_weigh() =>
        Assert.Throws<ArgumentException>(() => SampleWeights.Rake(Table(Facts(Start, 1)), [WeakLabel.Excluded]));

    private static (FeatureTable Table, WeakLabel[] Labels) Skewed(int count, int seed)
    {
        var random = new Random(seed);
        var table = new FeatureTable(Scoring.RandomNetworks.Schema(1));
        var labels = new WeakLabel[count];
        for (var row = 0; row < count; row++)
        {
            // Few at night, fewer at the weekend, more logged in by day, a tenth human.
            var hour = (int)(24 * Math.Sqrt(random.NextDouble()));
            var day = (int)(7 * Math.Pow(random.NextDouble(), 1.5)) + 7 * random.Next(3);
            var loggedIn = random.NextDouble() < 0.1 + 0.02 * hour;
            labels[row] = random.Next(20) == 0 ? WeakLabel.Excluded : random.NextDouble() < (loggedIn ? 0.2 : 0.1) ? WeakLabel.Human : WeakLabel.NonHuman;
            table.Append(Facts(Start + day * Day + hour * 3_600_000L, (ulong)row, loggedIn: loggedIn), [0]);
        }

        return (table, labels);
    }

    private static double[][] Marginals(FeatureTable table, WeakLabel[] labels, ReadOnlySpan<float> weights)
    {
        double[][] shares = [new double[24], new double[7], new double[2], new double[2]];
        var total = weights.ToArray().Sum(w => (double)w);
        for (var row = 0; row < table.Count; row++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(table.Facts[row].Time);
            shares[0][time.Hour] += weights[row] / total;
            shares[1][(int)time.DayOfWeek] += weights[row] / total;
            shares[2][table.Facts[row].LoggedIn ? 1 : 0] += weights[row] / total;
            shares[3][labels[row] == WeakLabel.Human ? 1 : 0] += weights[row] / total;
        }

        return shares;
    }
}
