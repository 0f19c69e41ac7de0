using FsCheck;
using FsCheck.Fluent;

using Guard.Core.Calibration;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Calibration;

public sealed class ThresholdCalibratorTests
{
    private const string Us = "desktop/in/US";
    private const string De = "mobile/in/DE";

    [Theory]
    [InlineData(.01)]
    [InlineData(.05)]
    public void With_a_planted_shift_slices_beat_the_best_global_threshold_at_the_same_FPR_on_fresh_clicks(double budget)
    {
        var old = new Traffic().Draw(new Random(1), Us, 60_000).Draw(new Random(2), De, 60_000, shift: 2);
        var fresh = new Traffic().Draw(new Random(3), Us, 60_000).Draw(new Random(4), De, 60_000, shift: 2);
        var set = ThresholdCalibrator.Calibrate(old.Sample, new CalibrationOptions { Budget = budget }, "m");

        var slices = fresh.Under(set);
        var global = fresh.Curve().WithinFpr(slices.Fpr).Counts;
        Assert.InRange(slices.Fpr, budget * .7, budget * 1.3);
        Assert.True(slices.Ivr > global.Ivr + .02, $"slices {slices.Ivr}, global {global.Ivr} at FPR {slices.Fpr}");
    }

    [Fact]
    public void Without_a_shift_slices_lose_next_to_nothing_against_the_global_threshold()
    {
        var old = new Traffic().Draw(new Random(1), Us, 60_000).Draw(new Random(2), De, 60_000);
        var fresh = new Traffic().Draw(new Random(3), Us, 60_000).Draw(new Random(4), De, 60_000);
        var slices = fresh.Under(ThresholdCalibrator.Calibrate(old.Sample, new CalibrationOptions(), "m"));
        Assert.Equal(fresh.Curve().WithinFpr(slices.Fpr).Counts.Ivr, slices.Ivr, .01);
    }

    [Fact]
    public void On_random_traffic_the_budget_holds_whatever_the_method_and_the_rates_are_those_of_the_thresholds()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var traffic = new Traffic();
            foreach (var leaf in new[] { Us, De, "mobile/in/FR", "mobile/out/FR", "tv/out/--", "tablet/in/IT" })
            {
                traffic.Draw(random, leaf, random.Next(1, 1_500), 2 * random.NextDouble(), .2 * random.NextDouble());
            }

            traffic.Add(Us, .3f, purchasing: true);
            var options = new CalibrationOptions
            {
                Method = (CalibrationMethod)random.Next(3),
                Budget = .002 + .1 * random.NextDouble(),
                MinimumPurchasing = random.Next(1, 80),
                Basis = (BudgetBasis)random.Next(2),
            };
            var set = ThresholdCalibrator.Calibrate(traffic.Sample, options, "m");
            var counts = traffic.Under(set);
            Assert.True(counts.Fpr <= options.Budget * (1 + 1.0 / counts.Purchasing));
            Assert.Equal(counts.Invalidated, set.All.Counts.Invalidated);
            Assert.Equal(counts.FalsePositives, set.All.Counts.FalsePositives);
            Assert.Equal(counts.Fpr, set.All.Fpr!.Value.Value);
            Assert.All(set.Slices, slice => Assert.Equal(slice.Threshold, set.ThresholdOf(slice.Source)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void The_order_of_clicks_changes_no_byte()
    {
        var traffic = new Traffic().Draw(new Random(1), Us, 3_000).Draw(new Random(2), De, 3_000, 1).Draw(new Random(3), "tv/out/--", 90);
        var options = new CalibrationOptions { CoverageFloor = .2, Budget = .05 };
        var first = ThresholdCalibrator.Calibrate(traffic.Sample, options, "m").ToJson();
        Assert.Equal(first, ThresholdCalibrator.Calibrate(traffic.Shuffled(5).Sample, options, "m").ToJson());
    }

    [Fact]
    public void A_thin_slice_takes_its_parents_threshold_and_says_why()
    {
        var traffic = new Traffic().Draw(new Random(1), Us, 20_000).Draw(new Random(2), De, 20_000, 2)
            .Add("mobile/in/FR", .4f, purchasing: true, times: 3).Add("mobile/in/IT", .4f, times: 30);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions(), "m");

        var few = set.Slices.Single(slice => slice.Slice == Traffic.Leaf("mobile/in/FR"));
        Assert.Equal(Traffic.Leaf("mobile/in"), few.Source);
        Assert.Equal(BackOffReason.TooFewPurchasingClicks, few.BackOff);
        var none = set.Slices.Single(slice => slice.Slice == Traffic.Leaf("mobile/in/IT"));
        Assert.Equal(Traffic.Leaf("mobile/in"), none.Source);
        Assert.Equal(BackOffReason.NoPurchasingClicks, none.BackOff);
        Assert.Null(none.Fpr);
        Assert.Equal(set.ThresholdOf(Traffic.Leaf("mobile/in")), none.Threshold);
        Assert.Equal(BackOffReason.None, set.Slices.Single(slice => slice.Slice == Traffic.Leaf(De)).BackOff);
    }

    [Fact]
    public void Thin_slices_whose_humans_score_high_do_not_break_the_budget()
    {
        // With no limit for a slice, none is protected: all 40 purchasing clicks of the thin slices would be false positives.
        var options = new CalibrationOptions { Budget = .02, SliceFprLimit = 1 };
        var traffic = new Traffic().Draw(new Random(2), De, 40_000);
        var alone = ThresholdCalibrator.Calibrate(traffic.Sample, options, "m");
        traffic.Add("mobile/in/FR", .97f, purchasing: true, times: 20).Add("mobile/in/IT", .97f, purchasing: true, times: 20);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, options, "m");
        Assert.True(alone.ThresholdOf(Traffic.Leaf("mobile/in/FR")) < .97f);
        Assert.True(set.All.Fpr!.Value.Value <= .02);
        Assert.Equal("mobile/in", Of(set, "mobile/in/FR").Source.ToString());
    }

    [Fact]
    public void A_leaf_never_seen_takes_the_nearest_ancestors_threshold()
    {
        var traffic = new Traffic().Draw(new Random(1), Us, 20_000).Draw(new Random(2), De, 20_000, 2);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions(), "m");
        set.ThresholdOf(Traffic.Leaf("mobile/in/ZZ"), out var near);
        set.ThresholdOf(Traffic.Leaf("tv/out/ZZ"), out var far);
        Assert.Equal("mobile/in", near.ToString());
        Assert.Equal("all", far.ToString());

        // Only one leaf stands behind mobile/in, so its threshold at the same price is nearly that leaf's.
        Assert.Equal(set.ThresholdOf(Traffic.Leaf(De)), set.ThresholdOf(Traffic.Leaf("mobile/in/ZZ")), .02f);
    }

    [Fact]
    public void Binding_floors_cost_other_slices_their_FPR()
    {
        // Humans of the first slice purchase more often, so its FPR is dear and the programme would rather spend on the other.
        var traffic = new Traffic().Draw(new Random(1), Us, 20_000, 0, .3).Draw(new Random(2), De, 20_000, 0, .05);
        var free = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Budget = .03 }, "m");
        var floor = Of(free, Us).Coverage!.Value.Value + .01;
        var bound = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Budget = .03, CoverageFloor = floor }, "m");
        Assert.True(Of(bound, Us).Coverage!.Value.Value >= floor);
        Assert.True(Of(bound, De).Coverage!.Value.Value >= floor);
        Assert.True(Of(bound, De).Fpr!.Value.Value < Of(free, De).Fpr!.Value.Value);
        Assert.True(bound.All.Fpr!.Value.Value <= .03);
        Assert.True(bound.Calibration.Price > free.Calibration.Price);
    }

    [Theory]
    [InlineData(CalibrationMethod.Slices)]
    [InlineData(CalibrationMethod.Global)]
    public void Floors_past_the_budget_are_an_error_that_says_by_how_much(CalibrationMethod method)
    {
        var traffic = new Traffic().Draw(new Random(1), Us, 20_000).Draw(new Random(2), De, 20_000);
        var options = new CalibrationOptions { Method = method, Budget = .01, SliceFprLimit = 1, CoverageFloor = .99 };
        var error = Assert.Throws<CalibrationException>(() => ThresholdCalibrator.Calibrate(traffic.Sample, options, "m"));
        Assert.Contains("where 0.00", error.Message, StringComparison.Ordinal);
        Assert.Contains("lower the coverage floor or raise the budget", error.Message, StringComparison.Ordinal);
        Assert.Equal(method == CalibrationMethod.Slices, error.Message.Contains($"{De} needs", StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_scores_everywhere_invalidate_nothing_rather_than_everyone()
    {
        var traffic = new Traffic().Add(Us, .5f, times: 500).Add(Us, .5f, purchasing: true, times: 200);
        foreach (var method in Enum.GetValues<CalibrationMethod>())
        {
            var set = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Method = method }, "m");
            Assert.Equal(float.PositiveInfinity, set.ThresholdOf(Traffic.Leaf(Us)));
            Assert.Equal(0, set.All.Counts.Invalidated);
        }
    }

    [Fact]
    public void Scores_that_rank_humans_above_robots_are_survived_within_the_budget()
    {
        var traffic = new Traffic();
        for (var i = 0; i < 2_000; i++)
        {
            // The share of purchasing clicks rises with the score, so that the IVR-FPR curve is convex.
            traffic.Add(Us, i / 2_000f, purchasing: i % 10 < i / 250);
        }

        var set = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Budget = .05 }, "m");
        Assert.InRange(set.All.Fpr!.Value.Value, .04, .05);
    }

    [Fact]
    public void An_empty_sample_is_an_error_that_says_what_to_give() =>
        Assert.Contains("empty", Assert.Throws<CalibrationException>(() => new Traffic().Sample.Count).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sample_without_purchases_is_an_error() =>
        Assert.Contains("None of the 1 clicks led to a purchase", Assert.Throws<CalibrationException>(
            () => ThresholdCalibrator.Calibrate(new Traffic().Add(Us, .5f).Sample, new CalibrationOptions(), "m")).Message, StringComparison.Ordinal);

    [Fact]
    public void One_purchasing_click_is_spared_and_the_set_says_how_little_it_knows()
    {
        var set = ThresholdCalibrator.Calibrate(new Traffic().Add(Us, .5f, purchasing: true).Sample, new CalibrationOptions(), "m");
        Assert.Equal(0, set.All.Counts.Invalidated);
        Assert.Equal(2, set.Calibration.Notes.Count);
        Assert.Equal(Slice.All, set.Slices.Single(slice => slice.Slice.Depth == 3).Source);
    }

    [Fact]
    public void A_budget_on_the_upper_bound_keeps_the_whole_interval_below_it()
    {
        var traffic = new Traffic().Draw(new Random(1), Us, 20_000).Draw(new Random(2), De, 20_000, 2);
        var measured = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Budget = .02 }, "m");
        var bound = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Budget = .02, Basis = BudgetBasis.UpperBound }, "m");
        Assert.True(measured.All.Fpr!.Value.Upper > .02);
        Assert.True(bound.All.Fpr!.Value.Upper <= .02);
        Assert.True(bound.All.Ivr.Value < measured.All.Ivr.Value);
    }

    [Fact]
    public void Too_few_purchases_for_an_upper_bound_are_an_error()
    {
        var traffic = new Traffic().Add(Us, .1f, purchasing: true, times: 50);
        var options = new CalibrationOptions { Basis = BudgetBasis.UpperBound };
        var error = Assert.Throws<CalibrationException>(() => ThresholdCalibrator.Calibrate(traffic.Sample, options, "m"));
        Assert.Contains("50 purchasing clicks are too few", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_knee_is_where_the_curve_stands_farthest_above_its_chord_and_yields_to_the_budget()
    {
        // Fifty clicks above or with the first purchasing one of ten, then as many of either kind: the corner is at FPR 0.1.
        var traffic = new Traffic().Add(Us, .9f, times: 20).Add(Us, .8f, purchasing: true).Add(Us, .8f, times: 30);
        for (var i = 0; i < 9; i++)
        {
            traffic.Add(Us, .7f - i / 100f, purchasing: true).Add(Us, .7f - i / 100f);
        }

        Assert.Equal(.1, Knee.Fpr(traffic.Curve()), 1e-12);
        var free = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Method = CalibrationMethod.Knee, Budget = 1 }, "m");
        Assert.Equal(.8f, free.All.Threshold);
        var tight = ThresholdCalibrator.Calibrate(traffic.Sample, new CalibrationOptions { Method = CalibrationMethod.Knee, Budget = .1 }, "m");
        Assert.Equal(.9f, tight.All.Threshold);
        Assert.Contains(tight.Calibration.Notes, note => note.StartsWith("The knee lies at FPR 0.1, past the budget", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 100, .95)]
    [InlineData(double.NaN, 100, .95)]
    [InlineData(.01, 0, .95)]
    [InlineData(.01, 100, 1)]
    public void Options_out_of_range_are_refused(double budget, int minimum, double confidence)
    {
        var options = new CalibrationOptions { Budget = budget, MinimumPurchasing = minimum, Confidence = confidence };
        var traffic = new Traffic().Add(Us, .5f, purchasing: true);
        Assert.Throws<CalibrationException>(() => ThresholdCalibrator.Calibrate(traffic.Sample, options, "m"));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1.01f)]
    public void A_score_outside_the_unit_interval_names_its_click(float score) =>
        Assert.Contains("Click 1 ", Assert.Throws<CalibrationException>(
            () => new Traffic().Add(Us, .5f).Add(Us, score).Sample.Count).Message, StringComparison.Ordinal);

    [Fact]
    public void A_slice_that_is_no_leaf_is_refused() =>
        Assert.Contains("'mobile/in'", Assert.Throws<CalibrationException>(
            () => new Traffic().Add("mobile/in", .5f).Sample.Count).Message, StringComparison.Ordinal);

    private static SliceThreshold Of(ThresholdSet set, string slice) => set.Slices.Single(entry => entry.Slice == Traffic.Leaf(slice));
}
