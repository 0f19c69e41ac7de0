using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation;

public sealed class ExpertMixtureTests
{
    [Fact]
    public void Weights_are_a_distribution_after_any_samples() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat[]>(), values =>
        {
            var mixture = new ExpertMixture(new MeanLoss(1));
            foreach (var value in values)
            {
                mixture.Update([value.Item]);
            }

            var weights = mixture.Weights.ToArray();
            return weights.All(weight => weight is >= 0 and <= 1) && Math.Abs(weights.Sum() - 1) < 1e-9 && double.IsFinite(mixture.Parameters[0]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_still_stream_favours_slow_experts_and_a_jump_brings_back_fast_ones()
    {
        var mixture = new ExpertMixture(new MeanLoss(1));
        var random = new Random(3);
        for (var t = 0; t < 4_000; t++)
        {
            mixture.Update([Noise(random)]);
        }

        Assert.True(TypicalRate(mixture) < 0.02);
        Assert.Equal(0, mixture.Parameters[0], 0.05);

        for (var t = 0; t < 12; t++)
        {
            mixture.Update([5 + Noise(random)]);
        }

        Assert.True(TypicalRate(mixture) > 0.1);
        Assert.Equal(5, mixture.Parameters[0], 0.5);
    }

    [Fact]
    public void Wild_samples_move_the_estimate_little()
    {
        var mixture = new ExpertMixture(new MeanLoss(1));
        var random = new Random(4);
        for (var t = 0; t < 2_000; t++)
        {
            mixture.Update([t % 50 == 49 ? 1e12 : Noise(random)]);
        }

        Assert.Equal(0, mixture.Parameters[0], 0.5);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e308)]
    public void What_cannot_be_measured_is_refused_and_changes_nothing(double bad)
    {
        var mixture = new ExpertMixture(new MeanLoss(2));
        for (var t = 0; t < 30; t++)
        {
            mixture.Update([t % 3, 1]);
        }

        var before = mixture.Save();
        Assert.Equal(UpdateOutcome.Refused, mixture.Update([bad, 1]));
        Assert.Equal(1, mixture.Refused);
        Assert.Equal(before[(4 + 1 + 4 + 4 + 8 + 8)..], mixture.Save()[(4 + 1 + 4 + 4 + 8 + 8)..]);
        Assert.Throws<ArgumentException>(() => mixture.Update([1]));
    }

    [Fact]
    public void A_constant_stream_is_learned_exactly()
    {
        var mixture = new ExpertMixture(new MeanLoss(1));
        for (var t = 0; t < 500; t++)
        {
            mixture.Update([8]);
        }

        Assert.Equal(8, mixture.Parameters[0], 1e-6);
    }

    [Fact]
    public void A_regression_is_followed_through_a_switch_of_its_coefficients()
    {
        var mixture = new ExpertMixture(new LinearRegressionLoss(2));
        var random = new Random(6);
        foreach (var (first, second) in new[] { (1.0, -2.0), (-1.0, 0.5) })
        {
            for (var t = 0; t < 3_000; t++)
            {
                var x = (2 * random.NextDouble()) - 1;
                mixture.Update([1, x, first + (second * x) + (0.1 * Noise(random))]);
            }

            Assert.Equal(first, mixture.Parameters[0], 0.1);
            Assert.Equal(second, mixture.Parameters[1], 0.1);
        }
    }

    [Fact]
    public void A_restored_mixture_goes_on_bit_for_bit()
    {
        var (original, random) = (new ExpertMixture(new MeanLoss(3)), new Random(7));
        Feed(original, random, 137);

        var restored = ExpertMixture.Restore(original.Save(), new MeanLoss(3));
        Assert.Equal(original.Save(), restored.Save());

        var seed = random.Next();
        Feed(original, new Random(seed), 200);
        Feed(restored, new Random(seed), 200);
        Assert.Equal(original.Save(), restored.Save());
        Assert.Throws<InvalidDataException>(() => ExpertMixture.Restore(original.Save(), new MeanLoss(4)));
        Assert.Throws<InvalidDataException>(() => ExpertMixture.Restore(new ClippedSgd(new MeanLoss(3)).Save(), new MeanLoss(3)));
    }

    [Fact]
    public void Updates_allocate_nothing()
    {
        var mixture = new ExpertMixture(new MeanLoss(4));
        double[] sample = [1, 2, 3, 4];
        mixture.Update(sample);
        Assert.Equal(0, Allocation.Least(_ =>
        {
            for (var t = 0; t < 500; t++)
            {
                sample[0] = t % 7;
                mixture.Update(sample);
            }
        }));
    }

    private static void Feed(ExpertMixture mixture, Random random, int count)
    {
        for (var t = 0; t < count; t++)
        {
            mixture.Update([Noise(random), 3 * Noise(random), t / 50]);
        }
    }

    private static double TypicalRate(ExpertMixture mixture)
    {
        var rate = 0.0;
        for (var k = 0; k < mixture.Rates.Length; k++)
        {
            rate += mixture.Rates[k] * mixture.Weights[k];
        }

        return rate;
    }

    private static double Noise(Random random) => (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
}
