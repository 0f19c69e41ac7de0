using FsCheck;
using FsCheck.Fluent;

using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

public sealed class SliceProtectionTests
{
    private const string Mobile = "mobile/in/DE";
    private static readonly CalibrationOptions s_options = new() { Budget = .02 };

    [Fact]
    public void A_thin_slice_whose_own_purchases_show_harm_gets_a_threshold_that_spares_them()
    {
        var traffic = new Traffic().Draw(new Random(2), Mobile, 40_000).Draw(new Random(3), "tv/out/US", 400, 3);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, s_options, "m");
        var tv = Of(set, "tv");
        Assert.Equal(BackOffReason.ProtectedFromParent, tv.BackOff);
        Assert.Equal(tv.Slice, tv.Source);
        Assert.True(tv.Threshold > set.All.Threshold);
        Assert.InRange(tv.Fpr!.Value.Value, 0, .1);

        // Those below the shallowest slice that shows it inherit its threshold, and it spares them too.
        Assert.Equal(BackOffReason.TooFewPurchasingClicks, Of(set, "tv/out").BackOff);
        Assert.Equal(tv.Slice, Of(set, "tv/out").Source);
        Assert.Equal(tv.Slice, Of(set, "tv/out/US").Source);
        Assert.Equal(set.ToJson(), ThresholdSet.Parse(set.ToJson()).ToJson());
    }

    [Fact]
    public void A_slice_below_that_is_still_harmed_is_protected_in_its_turn()
    {
        // Of the televisions 4 in 48 are above the limit of 0.05 at no proof; of those without login, 4 in 8 prove it.
        var traffic = new Traffic().Draw(new Random(2), Mobile, 40_000)
            .Add("tv/out/US", .99f, purchasing: true, times: 4).Add("tv/out/US", .01f, purchasing: true, times: 4)
            .Add("tv/in/US", .01f, purchasing: true, times: 40);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, s_options with { SliceFprLimit = .05 }, "m");
        Assert.Equal(BackOffReason.TooFewPurchasingClicks, Of(set, "tv").BackOff);
        Assert.Equal(BackOffReason.ProtectedFromParent, Of(set, "tv/out").BackOff);
        Assert.Equal(0, Of(set, "tv/out").Counts.FalsePositives);
        Assert.Equal(Of(set, "tv/out").Slice, Of(set, "tv/out/US").Source);
        Assert.Equal(Of(set, "tv").Threshold, Of(set, "tv/in").Threshold);
    }

    [Fact]
    public void Without_proof_of_harm_a_thin_slice_keeps_its_parents_threshold()
    {
        var traffic = new Traffic().Draw(new Random(2), Mobile, 40_000)
            .Add("tv/out/US", .99f, purchasing: true).Add("tv/out/US", .01f, purchasing: true, times: 19);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, s_options, "m");
        Assert.Equal(BackOffReason.TooFewPurchasingClicks, Of(set, "tv/out/US").BackOff);
        Assert.Equal(1, Of(set, "tv").Counts.FalsePositives);
    }

    [Fact]
    public void One_threshold_for_all_traffic_protects_no_slice()
    {
        var traffic = new Traffic().Draw(new Random(2), Mobile, 40_000).Draw(new Random(3), "tv/out/US", 400, 3);
        var set = ThresholdCalibrator.Calibrate(traffic.Sample, s_options with { Method = CalibrationMethod.Global }, "m");
        Assert.All(set.Slices.Skip(1), slice => Assert.Equal(BackOffReason.OneThreshold, slice.BackOff));
    }

    [Fact]
    public void No_thin_slice_is_left_with_its_own_evidence_above_the_limit_and_no_threshold_is_lowered()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var traffic = new Traffic().Draw(random, Mobile, 6_000);
            foreach (var leaf in new[] { "tv/out/US", "tv/out/DE", "tv/in/US", "mobile/in/FR", "mobile/out/FR", "tablet/in/IT", "unknown/out/--" })
            {
                traffic.Draw(random, leaf, random.Next(1, 900), 4 * random.NextDouble(), .2 * random.NextDouble());
            }

            var options = new CalibrationOptions { Budget = .005 + .05 * random.NextDouble(), Basis = (BudgetBasis)random.Next(2) };
            var set = ThresholdCalibrator.Calibrate(traffic.Sample, options, "m");
            var limit = Math.Min(1, 5 * options.Budget);
            foreach (var slice in set.Slices.Where(slice => slice.BackOff != BackOffReason.None))
            {
                Assert.True(slice.Fpr is not { } fpr || fpr.Lower <= limit, $"{slice.Slice}: {slice.Fpr}");
                Assert.True(slice.Threshold >= set.ThresholdOf(slice.Slice.Parent));
                Assert.True(slice.BackOff != BackOffReason.ProtectedFromParent || slice.Fpr!.Value.Value <= limit);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Chance_alone_shows_harm_to_few()
    {
        // The probability that a slice with a true FPR at the default budget is protected, for every number of purchasing clicks.
        var options = new CalibrationOptions();
        for (var purchasing = 1; purchasing < options.MinimumPurchasing; purchasing++)
        {
            var harmed = 1;
            while (Rate.Wilson(harmed, purchasing, options.Confidence)!.Value.Lower <= 5 * options.Budget)
            {
                harmed++;
            }

            var chance = 1 - MathNet.Numerics.Distributions.Binomial.CDF(options.Budget, purchasing, harmed - 1);
            Assert.InRange(chance, 0, .03);
        }
    }

    private static SliceThreshold Of(ThresholdSet set, string slice) => set.Slices.Single(entry => entry.Slice == Traffic.Leaf(slice));
}
