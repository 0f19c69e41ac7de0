using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation;

public sealed class RegressionTests
{
    [Fact]
    public void A_linear_regression_withstands_wild_targets()
    {
        var (clipped, plain) = (Fit(new LinearRegressionLoss(2), ClipLevel.RollingQuantile()), Fit(new LinearRegressionLoss(2), ClipLevel.None));

        Assert.True(Error(clipped) < 0.1);
        Assert.True(Error(plain) > 100 * Error(clipped));

        static double[] Fit(ILoss loss, ClipLevel clip)
        {
            var estimator = new ClippedSgd(loss, new ClippedSgdOptions { Rate = StepRate.Constant(0.02), Clip = clip });
            var random = new Random(21);
            for (var t = 0; t < 6_000; t++)
            {
                var x = (4 * random.NextDouble()) - 2;
                var target = t % 100 == 99 ? 1e6 : 0.5 - (1.5 * x) + (0.2 * (random.NextDouble() - 0.5));
                estimator.Update([1, x, target]);
            }

            return estimator.Parameters.ToArray();
        }

        static double Error(double[] parameters) => Math.Abs(parameters[0] - 0.5) + Math.Abs(parameters[1] + 1.5);
    }

    [Fact]
    public void A_logistic_regression_follows_a_label_that_switches()
    {
        var estimator = new ClippedSgd(new LogisticRegressionLoss(2), new ClippedSgdOptions { Rate = StepRate.Constant(0.2) });
        var random = new Random(22);
        foreach (var sign in new[] { 1, -1, 1 })
        {
            for (var t = 0; t < 2_000; t++)
            {
                var x = (2 * random.NextDouble()) - 1;
                estimator.Update([1, x, sign * x > 0 ? 1 : 0]);
            }

            Assert.True(LogisticRegressionLoss.Probability(estimator.Parameters, [1, 0.8 * sign]) > 0.8);
            Assert.True(LogisticRegressionLoss.Probability(estimator.Parameters, [1, -0.8 * sign]) < 0.2);
        }
    }
}
