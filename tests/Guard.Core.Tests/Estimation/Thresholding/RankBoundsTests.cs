using Guard.Core.Estimation.Thresholding;
using MathNet.Numerics.Distributions;

namespace Guard.Core.Tests.Estimation.Thresholding;

public class RankBoundsTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_sequence_rarely_ever_misses_the_quantile(double level)
    {
        const double Alpha = 0.1;
        var bounds = RankBounds.Of(level, Alpha);
        var misses = 0;
        for (var run = 0; run < 1000; run++)
        {
            var random = new Random(run);
            long below = 0;
            for (var n = 1; n <= 4000; n++)
            {
                below += random.NextDouble() < level ? 1 : 0;
                if (RankBounds.IsGridPoint(n) && (below < bounds.Lower(n) || below > bounds.Upper(n)))
                {
                    misses++;
                    break;
                }
            }
        }

        Assert.InRange(misses / 1000.0, 0.001, Alpha);
    }

    [Fact]
    public void Ranks_rise_with_the_count_across_table_and_search()
    {
        var bounds = RankBounds.Of(0.9, 0.01);
        long lower = 0;
        long upper = 0;
        for (long n = 1; n < 1 << 18; n = Next(n))
        {
            Assert.True(bounds.Lower(n) >= lower && bounds.Upper(n) >= upper && bounds.Lower(n) <= 0.9 * n && bounds.Upper(n) >= Math.Floor(0.9 * n), $"at {n}");
            lower = bounds.Lower(n);
            upper = bounds.Upper(n);
        }
    }

    [Fact]
    public void The_set_is_much_narrower_than_the_published_width()
    {
        var bounds = RankBounds.Of(0.99, 1e-3);
        const long N = 12_288;
        var published = 2 * UniformWidth.Of(N, 1e-3);
        Assert.InRange(0.99 - (bounds.Lower(N) / (double)N), 0.001, published / 8);
    }

    [Fact]
    public void The_published_width_is_as_printed()
    {
        Assert.Equal(1, UniformWidth.Of(0, 0.01));
        // 0.85 √((log log(100e) + 0.8 log 161200)/100), by hand.
        Assert.Equal(0.85 * Math.Sqrt((Math.Log(1 + Math.Log(100)) + (0.8 * Math.Log(161_200))) / 100), UniformWidth.Of(100, 0.01), 12);
    }

    [Theory]
    [InlineData(4, 5, 0.3)]
    [InlineData(12, 64, 0.1)]
    [InlineData(60, 64, 0.5)]
    public void The_binomial_tail_is_bounded_from_above_and_closely(int successes, int trials, double rate)
    {
        var exact = 0.0;
        for (var k = successes; k <= trials; k++)
        {
            exact += Binomial.PMF(rate, trials, k);
        }

        Assert.InRange(Math.Exp(BinomialTail.LogBound(successes, trials, rate)), exact * 0.999999, exact * 1.5);
    }

    private static long Next(long n)
    {
        do
        {
            n++;
        }
        while (!RankBounds.IsGridPoint(n));
        return n;
    }
}
