using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation;

public sealed class LossTests
{
    public static TheoryData<ILoss, double[]> Losses => new()
    {
        { new MeanLoss(3), [0.3, -1.2, 2] },
        { new LinearRegressionLoss(3), [0.3, -1.2, 2, 0.7] },
        { new LogisticRegressionLoss(3), [0.3, -1.2, 2, 1] },
        { new LogisticRegressionLoss(3, ridge: 0.1), [0.3, -1.2, 2, 0] },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_is_the_derivative_of_the_value(ILoss loss, double[] sample)
    {
        double[] parameters = [0.5, 0.1, -0.4];
        var gradient = new double[3];
        loss.Gradient(parameters, sample, gradient);
        for (var i = 0; i < 3; i++)
        {
            const double Small = 1e-5;
            var (up, down) = (parameters.ToArray(), parameters.ToArray());
            up[i] += Small;
            down[i] -= Small;
            Assert.Equal((loss.Value(up, sample) - loss.Value(down, sample)) / (2 * Small), gradient[i], 8);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_label_outside_zero_to_one_is_refused(double label)
    {
        var estimator = new ClippedSgd(new LogisticRegressionLoss(1));
        Assert.Equal(UpdateOutcome.Refused, estimator.Update([1, label]));
        Assert.True(double.IsNaN(new LogisticRegressionLoss(1).Value([1], [1, label])));
    }

    [Fact]
    public void Extreme_scores_stay_finite()
    {
        var loss = new LogisticRegressionLoss(1);
        Assert.Equal(1e4, loss.Value([1e4], [1, 0]), 6);
        Assert.Equal(0, loss.Value([1e4], [1, 1]), 6);
        Assert.Equal(1, LogisticRegressionLoss.Probability([1e4], [1]));
        Assert.Equal(0, LogisticRegressionLoss.Probability([-1e4], [1]));
    }
}
