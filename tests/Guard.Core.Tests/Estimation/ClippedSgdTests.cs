using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation;

public sealed class ClippedSgdTests
{
    private static ClippedSgdOptions Plain(double rate, double level) =>
        new() { Rate = StepRate.Constant(rate), Clip = ClipLevel.Constant(level) };

    [Fact]
    public void A_step_follows_the_clipped_gradient()
    {
        var estimator = new ClippedSgd(new MeanLoss(2), Plain(0.5, 5));

        Assert.Equal(UpdateOutcome.Applied, estimator.Update([3, 4]));
        Assert.Equal([1.5, 2], estimator.Parameters.ToArray());

        Assert.Equal(UpdateOutcome.Clipped, estimator.Update([1.5 + 300, 2 + 400]));
        Assert.Equal(500, estimator.LastGradientNorm, 10);
        Assert.Equal(1.5 + (0.5 * 3), estimator.Parameters[0], 12);
        Assert.Equal(2 + (0.5 * 4), estimator.Parameters[1], 12);
    }

    [Fact]
    public void A_step_never_exceeds_rate_times_level() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat[]>(), values =>
        {
            var estimator = new ClippedSgd(new MeanLoss(1), Plain(0.25, 2));
            return values.All(value =>
            {
                var before = estimator.Parameters[0];
                estimator.Update([value.Item]);
                return Math.Abs(estimator.Parameters[0] - before) <= 0.5 * (1 + 1e-12);
            });
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_sample_that_is_not_finite_is_refused_and_changes_nothing(double bad)
    {
        foreach (var loss in new ILoss[] { new MeanLoss(3), new LinearRegressionLoss(2), new LogisticRegressionLoss(2) })
        {
            var estimator = new ClippedSgd(loss);
            for (var i = 0; i < 20; i++)
            {
                estimator.Update([i, 1, i % 2]);
            }

            var before = estimator.Parameters.ToArray();
            for (var at = 0; at < 3; at++)
            {
                double[] sample = [1, 1, 1];
                sample[at] = bad;
                Assert.Equal(UpdateOutcome.Refused, estimator.Update(sample));
            }

            Assert.Equal(before, estimator.Parameters.ToArray());
            Assert.Equal(3, estimator.Refused);
            Assert.Equal(15, estimator.Steps);
        }
    }

    [Theory]
    [InlineData(1e308)]
    [InlineData(-1e308)]
    [InlineData(1e200)]
    [InlineData(double.MaxValue)]
    public void A_huge_sample_is_clipped_in_its_direction(double huge)
    {
        var estimator = new ClippedSgd(new MeanLoss(2), Plain(0.1, 1));

        Assert.Equal(UpdateOutcome.Clipped, estimator.Update([huge, 0]));
        Assert.Equal(0.1 * Math.Sign(huge), estimator.Parameters[0], 12);

        Assert.Equal(UpdateOutcome.Clipped, estimator.Update([huge, huge]));
        Assert.Equal(0.1 / Math.Sqrt(2), Math.Abs(estimator.Parameters[1]), 12);
    }

    [Fact]
    public void An_unclipped_estimator_never_reaches_infinity()
    {
        var estimator = new ClippedSgd(new MeanLoss(1), new ClippedSgdOptions { Rate = StepRate.Constant(3), Clip = ClipLevel.None });
        for (var i = 0; i < 5_000; i++)
        {
            estimator.Update([i % 2 == 0 ? double.MaxValue : -double.MaxValue]);
            Assert.True(double.IsFinite(estimator.Parameters[0]));
        }

        Assert.True(estimator.Refused > 0);
    }

    [Fact]
    public void A_sample_of_another_length_is_an_error_that_names_both_lengths()
    {
        var estimator = new ClippedSgd(new LinearRegressionLoss(3));

        var error = Assert.Throws<ArgumentException>(() => estimator.Update([1, 2, 3]));

        Assert.Contains("3 values where the estimator takes 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, estimator.Steps);
    }

    [Fact]
    public void A_rolling_level_holds_the_parameters_until_it_knows_the_scale()
    {
        var estimator = new ClippedSgd(new MeanLoss(1));
        for (var i = 0; i < ClippedSgd.HeldSamples; i++)
        {
            Assert.Equal(UpdateOutcome.Held, estimator.Update([1e12]));
        }

        Assert.Equal(0, estimator.Parameters[0]);
        Assert.NotEqual(UpdateOutcome.Held, estimator.Update([1]));
    }

    [Fact]
    public void Without_a_scale_given_the_estimate_scales_with_the_data()
    {
        var random = new Random(5);
        var (small, large) = (new ClippedSgd(new MeanLoss(1)), new ClippedSgd(new MeanLoss(1)));
        for (var i = 0; i < 2_000; i++)
        {
            var value = 3 + (random.NextDouble() - 0.5);
            small.Update([value]);
            large.Update([value * 1024]);
        }

        Assert.Equal(small.Parameters[0] * 1024, large.Parameters[0], 1e-3);
        Assert.Equal(3, small.Parameters[0], 0.1);
    }

    [Fact]
    public void The_doubling_trick_uses_the_next_power_of_two_as_horizon()
    {
        var doubling = new ClippedSgd(new MeanLoss(1), new ClippedSgdOptions { Rate = StepRate.HorizonPower(0.5), Clip = ClipLevel.None });
        double[] expected = [0, 0];
        for (var step = 1; step <= 40; step++)
        {
            var horizon = step <= 16 ? 16 : step <= 32 ? 32 : 64;
            var rate = 1 / Math.Sqrt(horizon);
            expected[0] += rate * (step - expected[0]);
            doubling.Update([step]);
            Assert.Equal(expected[0], doubling.Parameters[0], 9);
        }
    }

    [Fact]
    public void The_inverse_rate_without_clipping_is_the_running_mean()
    {
        var estimator = new ClippedSgd(new MeanLoss(1), new ClippedSgdOptions { Rate = StepRate.InverseTime(), Clip = ClipLevel.None });
        var sum = 0.0;
        for (var t = 1; t <= 100; t++)
        {
            sum += t * t;
            estimator.Update([t * t]);
            Assert.Equal(sum / t, estimator.Parameters[0], 8);
        }
    }

    [Fact]
    public void Projection_keeps_the_parameters_within_the_set()
    {
        var ball = new ClippedSgd(new MeanLoss(2), Plain(1, 100) with { Projection = Projection.Ball(1) });
        ball.Update([3, 4]);
        Assert.Equal([0.6, 0.8], ball.Parameters.ToArray().Select(value => Math.Round(value, 12)));

        var box = new ClippedSgd(new MeanLoss(2), Plain(1, 100) with { Projection = Projection.Box(-1, 2) });
        box.Update([3, -4]);
        Assert.Equal([2, -1], box.Parameters.ToArray());
    }

    [Fact]
    public void A_start_is_taken_and_checked()
    {
        Assert.Equal([1, 2], new ClippedSgd(new MeanLoss(2), start: [1, 2]).Parameters.ToArray());
        Assert.Throws<ArgumentException>(() => new ClippedSgd(new MeanLoss(2), start: [1]));
        Assert.Throws<ArgumentException>(() => new ClippedSgd(new MeanLoss(2), start: [1, double.NaN]));
    }

    [Fact]
    public void Updates_allocate_nothing()
    {
        foreach (var loss in new ILoss[] { new MeanLoss(9), new LinearRegressionLoss(8), new LogisticRegressionLoss(8) })
        {
            var estimator = new ClippedSgd(loss, new ClippedSgdOptions { Projection = Projection.Ball(10) });
            var sample = new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 1 };
            estimator.Update(sample);
            Assert.Equal(0, Allocation.Least(_ =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    sample[0] = i;
                    estimator.Update(sample);
                }
            }));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Every_dimension_from_one_to_ten_thousand_is_served(int dimension)
    {
        var estimator = new ClippedSgd(new MeanLoss(dimension), new ClippedSgdOptions { Rate = StepRate.Constant(0.05) });
        var random = new Random(dimension);
        var sample = new double[dimension];
        for (var t = 0; t < 300; t++)
        {
            for (var i = 0; i < dimension; i++)
            {
                sample[i] = 7 + random.NextDouble() - 0.5;
            }

            estimator.Update(sample);
        }

        Assert.All(estimator.Parameters.ToArray(), value => Assert.Equal(7, value, 0.5));
    }
}
