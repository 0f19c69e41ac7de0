using FsCheck;
using FsCheck.Fluent;

using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

public sealed class ConcaveCurveTests
{
    [Fact]
    public void The_hull_drops_the_points_below_it_and_those_on_a_line()
    {
        var hull = ConcaveHull.Of([0, .125, .25, .375, .5], [0, .5, .375, .75, .875]);
        Assert.Equal([0, .125, .5], hull.X);
        Assert.Equal(.5, hull.Value(.125));
        Assert.Equal(.625, hull.Value(.25));
        Assert.Equal(0, hull.Value(-1));
        Assert.Equal(.875, hull.Value(2));
    }

    [Fact]
    public void A_hull_lies_on_or_above_its_points_and_its_slopes_fall()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var x = Enumerable.Range(0, random.Next(1, 40)).Select(i => i + .5 * random.NextDouble()).ToArray();
            var y = x.Select(_ => random.NextDouble()).ToArray();
            var hull = ConcaveHull.Of(x, y);
            Assert.All(x.Zip(y), point => Assert.True(hull.Value(point.First) >= point.Second - 1e-12));
            for (var i = 2; i < hull.X.Length; i++)
            {
                var before = (hull.Y[i - 1] - hull.Y[i - 2]) / (hull.X[i - 1] - hull.X[i - 2]);
                Assert.True((hull.Y[i] - hull.Y[i - 1]) / (hull.X[i] - hull.X[i - 1]) < before + 1e-12);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_maximiser_at_a_price_is_the_least_of_the_best()
    {
        var hull = ConcaveHull.Of([0, .1, .3], [0, .4, .6]);
        Assert.Equal(.1, hull.ArgMaxLagrangian(1, 0, .3));
        Assert.Equal(.3, hull.ArgMaxLagrangian(.99, 0, .3));
        Assert.Equal(.05, hull.ArgMaxLagrangian(double.PositiveInfinity, .05, .3));
        Assert.Equal(.2, new ConcaveQuadratic(-1, 1, 0).ArgMaxLagrangian(.6, 0, 1), 1e-12);
        Assert.Equal(.1, new ConcaveQuadratic(-1, 1, 0).ArgMaxLagrangian(double.PositiveInfinity, .1, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_quadratic_that_is_not_concave_is_refused(double a) => Assert.Throws<ArgumentException>(() => new ConcaveQuadratic(a, 1, 0));

    [Fact]
    public void Points_that_do_not_rise_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ConcaveHull.Of([0, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => ConcaveHull.Of([0, 1], [0, double.NaN]));
        Assert.Throws<ArgumentException>(() => ConcaveHull.Of([], []));
    }

    [Fact]
    public void An_exact_quadratic_is_recovered()
    {
        var x = Enumerable.Range(0, 41).Select(i => i / 400.0).ToArray();
        var y = x.Select(v => -20 * v * v + 4 * v + .02).ToArray();
        var fit = CurveFit.Quadratic(x, y, 400, .1)!;
        Assert.Equal(.1, fit.Vertex, 1e-9);
        Assert.Equal(.02, fit.Value(0), 1e-9);
        Assert.Equal(.17, fit.Value(.05), 1e-9);
    }

    [Fact]
    public void Convex_data_get_no_quadratic_but_their_hull()
    {
        var x = Enumerable.Range(0, 41).Select(i => i / 40.0).ToArray();
        var y = x.Select(v => v * v).ToArray();
        Assert.Null(CurveFit.Quadratic(x, y, 40, 1));
        Assert.Equal([0, 1], ConcaveHull.Of(x, y).X);
    }

    [Fact]
    public void A_curve_with_a_kink_that_no_quadratic_follows_gets_its_hull()
    {
        var x = Enumerable.Range(0, 41).Select(i => i / 40.0).ToArray();
        var y = x.Select(v => Math.Min(10 * v, .9 + .1 * v)).ToArray();
        Assert.Null(CurveFit.Quadratic(x, y, 40, 1));
    }

    [Fact]
    public void Too_few_points_get_no_quadratic()
    {
        var x = Enumerable.Range(0, CurveFit.FewestPoints - 1).Select(i => i / 10.0).ToArray();
        Assert.Null(CurveFit.Quadratic(x, [.. x.Select(v => v - v * v)], 10, 1));
    }

    [Fact]
    public void The_fit_is_the_weighted_least_squares_of_a_general_solver()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (purchasing, range) = (random.Next(200, 2_000), .05 + .9 * random.NextDouble());
            var x = Enumerable.Range(0, (int)(purchasing * range)).Select(i => (double)i / purchasing).ToArray();
            var y = x.Select(v => .3 + v - .4 * v * v / range + .01 * random.NextDouble()).ToArray();
            var weights = x.Select(v => (v * purchasing + .5) / (purchasing + 1)).Select(p => 1 / (p * (1 - p))).ToArray();
            var reference = MathNet.Numerics.Fit.PolynomialWeighted([.. x.Select(v => v / range)], y, weights, 2);
            if (CurveFit.Quadratic(x, y, purchasing, range) is { } fit)
            {
                Assert.All(x, v => Assert.Equal(reference[0] + v / range * (reference[1] + v / range * reference[2]), fit.Value(v), 1e-9));
            }
            else
            {
                Assert.False(reference[2] < 0 && reference[1] > 0);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_curves_frontier_reaches_just_past_the_range_that_was_asked_for()
    {
        var scores = Enumerable.Range(0, 20).Select(i => 1 - i / 20f).ToArray();
        var curve = IvrFprCurve.Of(scores, [.. scores.Select((_, i) => i % 2 == 1)], []);
        Assert.Equal([0, .1, .2, .3], curve.Frontier(.25).Fpr);
        Assert.Equal([0, .1, .2], curve.Frontier(.2).Fpr);
        Assert.Equal([.05, .15, .25], curve.Frontier(.2).Ivr);
    }
}
