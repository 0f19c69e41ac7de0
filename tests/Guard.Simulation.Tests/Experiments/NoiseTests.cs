using Guard.Simulation.Experiments;

namespace Guard.Simulation.Tests.Experiments;

public sealed class NoiseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Noise_has_mean_zero_and_unit_expected_square(int dimension)
    {
        // Tails of 6 and more have the moments that make these averages settle.
        foreach (var noise in new[] { Noise.Gaussian, Noise.IsotropicPareto(6), Noise.SkewedPareto(6) })
        {
            var (source, sample) = (new SeededNoise(1, dimension), new double[dimension]);
            var (mean, square) = (0.0, 0.0);
            const int Count = 60_000;
            for (var t = 0; t < Count; t++)
            {
                noise.Fill(source, sample);
                mean += sample[0] / Count;
                square += sample.Sum(value => value * value) / Count;
            }

            Assert.Equal(0, mean, 0.02);
            Assert.Equal(1, square, 0.05);
        }
    }

    [Fact]
    public void A_seed_and_a_stream_name_the_numbers()
    {
        static double[] Draw(ulong seed, int stream)
        {
            var source = new SeededNoise(seed, stream);
            return [.. Enumerable.Range(0, 20).Select(_ => source.Gaussian())];
        }

        Assert.Equal(Draw(1, 2), Draw(1, 2));
        Assert.NotEqual(Draw(1, 2), Draw(1, 3));
        Assert.NotEqual(Draw(1, 2), Draw(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Noise.IsotropicPareto(2));
    }

    [Fact]
    public void A_median_interval_is_made_of_order_statistics()
    {
        // For n = 100 the 95 % interval runs from the 40th to the 61st value (binomial tables).
        var interval = MedianInterval.Of([.. Enumerable.Range(1, 100).Select(value => (double)value)]);
        Assert.Equal(new MedianInterval(50.5, 40, 61), interval);
        Assert.Equal(new MedianInterval(2, 1, 3), MedianInterval.Of([3.0, 1.0, 2.0]));
    }
}
