using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation.ChangePoints;

public sealed class ChangePointBoundTests
{
    // Sankararaman and Narayanaswamy (UAI 2023), eq. 5: the formula written out once more, with m = 1.
    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(50, 0.01)]
    [InlineData(1000, 1e-8)]
    public void The_proved_bound_is_equation_5(long t, double delta)
    {
        const double Sigma = 1.5, G = 3, Lambda = 6;
        var gamma = Math.Max(120 * Lambda * Sigma * (Sigma + 1), (320 * Sigma * Sigma) + 1);
        var log = Math.Log(2.0 * t * t * (t + 1) / delta);
        var factor = Math.Max(1024 * Math.Pow(Sigma, 4) / (G * G * Lambda * Lambda), 8 * Lambda * Math.Sqrt(log) / (gamma * gamma * G));
        var expected = factor * ((gamma * gamma * G * G / ((t + 1.0) * (t + 1)))
            + (((16 * Sigma * Sigma / Lambda) + (4 * Sigma * Sigma)) / (2 * (t + 1.0)))
            + (96 * Lambda * Lambda * log * Sigma * (Sigma + 1) / ((t + gamma) * Math.Sqrt(t + 1.0))));

        var bound = ChangePointBound.Proved(Sigma, G);

        Assert.Equal(gamma, bound.Gamma, 10);
        Assert.Equal(1, bound.At(t, delta) / expected, 10);
    }

    [Theory]
    [InlineData(1, 0.1, 1)]
    [InlineData(200, 1e-6, 3)]
    public void The_experiments_bound_is_equation_9_with_the_square_of_equation_5(long t, double delta, double times)
    {
        const double Lambda = 24;
        var log = Math.Log(2.0 * t * t * (t + 1) / delta);
        var factor = Math.Max(0.5 / (144 * Lambda * Lambda), Lambda * Math.Sqrt(log) / (192.0 * 192 * 12));
        var expected = times * factor * ((192.0 * 192 * 144 / ((t + 1.0) * (t + 1)))
            + (((2 / Lambda) + 1) / (2 * (t + 1.0)))
            + (2 * Lambda * Lambda * log * 2 / ((t + 192) * Math.Sqrt(t + 1.0))));

        var bound = ChangePointBound.Experiments(factor: times);

        Assert.Equal(192, bound.Gamma, 10);
        Assert.Equal(2.0 / 193, bound.Rate(1), 15);
        Assert.Equal(1, bound.At(t, delta) / expected, 10);
    }

    [Fact]
    public void Nothing_is_known_before_the_first_sample()
    {
        Assert.Equal(double.PositiveInfinity, ChangePointBound.Experiments().At(0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChangePointBound.Proved(0, 1));
    }
}
