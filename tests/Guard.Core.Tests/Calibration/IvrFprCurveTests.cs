using FsCheck;
using FsCheck.Fluent;

using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

public sealed class IvrFprCurveTests
{
    private static readonly IvrFprCurve s_small = IvrFprCurve.Of(
        [.9f, .2f, .5f, .5f, .7f, .2f],
        [false, true, true, false, false, false],
        [true, false, false, true, false, false]);

    [Fact]
    public void Equal_scores_stand_or_fall_together()
    {
        Assert.Equal(5, s_small.Count);
        Assert.Equal(new OperatingPoint(float.PositiveInfinity, new ClickCounts(6, 0, 2, 0, 2, 0)), s_small[0]);
        Assert.Equal(new OperatingPoint(.9f, new ClickCounts(6, 1, 2, 0, 2, 1)), s_small[1]);
        Assert.Equal(new OperatingPoint(.7f, new ClickCounts(6, 2, 2, 0, 2, 1)), s_small[2]);
        Assert.Equal(new OperatingPoint(.5f, new ClickCounts(6, 4, 2, 1, 2, 2)), s_small[3]);
        Assert.Equal(new OperatingPoint(.2f, new ClickCounts(6, 6, 2, 2, 2, 2)), s_small[4]);
    }

    [Fact]
    public void A_score_equal_to_the_threshold_is_invalidated_and_the_next_float_above_spares_it()
    {
        Assert.Equal(4, s_small.At(.5f).Counts.Invalidated);
        Assert.Equal(2, s_small.At(MathF.BitIncrement(.5f)).Counts.Invalidated);
        Assert.Equal(6, s_small.At(0).Counts.Invalidated);
        Assert.Equal(0, s_small.At(1).Counts.Invalidated);
    }

    [Fact]
    public void The_lowest_threshold_within_an_FPR_is_found()
    {
        Assert.Equal(.7f, s_small.WithinFpr(0).Threshold);
        Assert.Equal(.7f, s_small.WithinFpr(.499).Threshold);
        Assert.Equal(.5f, s_small.WithinFpr(.5).Threshold);
        Assert.Equal(.2f, s_small.WithinFpr(1).Threshold);
    }

    [Fact]
    public void The_highest_threshold_with_a_coverage_is_found()
    {
        Assert.Equal(float.PositiveInfinity, s_small.WithCoverage(0).Threshold);
        Assert.Equal(.9f, s_small.WithCoverage(.5).Threshold);
        Assert.Equal(.5f, s_small.WithCoverage(.51).Threshold);
    }

    [Fact]
    public void The_frontier_keeps_the_best_IVR_of_each_FPR()
    {
        var (fpr, ivr) = s_small.Frontier();
        Assert.Equal([0, .5, 1], fpr);
        Assert.Equal([2 / 6.0, 4 / 6.0, 1], ivr);
    }

    [Fact]
    public void A_curve_without_purchasing_clicks_has_no_FPR_but_still_counts()
    {
        var curve = IvrFprCurve.Of([.1f, .9f], [false, false], []);
        Assert.Throws<InvalidOperationException>(() => curve.WithinFpr(.5));
        Assert.True(double.IsNaN(curve.At(.5f).Counts.Fpr));
        Assert.Null(curve.At(.5f).Counts.FprRate(.95));
        Assert.Equal(.5, curve.At(.5f).Counts.Ivr);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-.1f)]
    [InlineData(1.1f)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_outside_the_unit_interval_are_refused(float score) =>
        Assert.Throws<ArgumentException>(() => IvrFprCurve.Of([.5f, score], [true, false], []));

    [Fact]
    public void Rates_and_thresholds_that_are_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => s_small.At(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_small.WithinFpr(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_small.WithinFpr(-.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_small.WithCoverage(double.NaN));
    }

    [Fact]
    public void Negative_zero_is_zero()
    {
        var curve = IvrFprCurve.Of([.5f, -0f, 0f], [true, true, false], []);
        Assert.Equal(3, curve.Count);
        Assert.Equal(3, curve.At(0).Counts.Invalidated);
    }

    [Fact]
    public void At_any_threshold_the_curve_agrees_with_counting()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var n = random.Next(1, 60);
            var (scores, buys, robotic) = (new float[n], new bool[n], new bool[n]);
            for (var i = 0; i < n; i++)
            {
                (scores[i], buys[i], robotic[i]) = (random.Next(11) / 10f, random.Next(3) == 0, random.Next(2) == 0);
            }

            var curve = IvrFprCurve.Of(scores, buys, robotic);
            for (var t = 0; t <= 40; t++)
            {
                var threshold = t / 40f;
                var hit = Enumerable.Range(0, n).Where(i => scores[i] >= threshold).ToList();
                var counts = new ClickCounts(
                    n, hit.Count, buys.Count(b => b), hit.Count(i => buys[i]), robotic.Count(r => r), hit.Count(i => robotic[i]));
                Assert.Equal(counts, curve.At(threshold).Counts);
            }

            for (var f = 0; f <= 20 && curve.Purchasing > 0; f++)
            {
                var point = curve.WithinFpr(f / 20.0);
                Assert.True(point.Counts.Fpr <= f / 20.0);
                Assert.Equal(point.Counts, curve.At(point.Threshold).Counts);
                Assert.True(point.Threshold == scores.Min() || curve.At(scores.Where(s => s < point.Threshold).Max()).Counts.Fpr > f / 20.0);
            }
        }).QuickCheckThrowOnFailure();
    }
}
