using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class HyperLogLogTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public void Estimates_stay_within_the_stated_standard_error(int distinct)
    {
        const int Runs = 150;
        const double StandardError = 0.092; // 1.04/√128, Flajolet et al. 2007
        double bias = 0, squares = 0;
        for (var run = 0; run < Runs; run++)
        {
            var sketch = new WindowSketch();
            sketch.Reset(0);
            var starts = new WindowStarts(0, 0, 0, 0);
            for (var i = 0; i < distinct; i++)
            {
                sketch.Add(KeyHash.Fingerprint((ulong)(run * 1_000_003L + i)), 1, starts);
            }

            var error = sketch.Read(starts).Day / distinct - 1;
            bias += error / Runs;
            squares += error * error / Runs;
        }

        Assert.InRange(Math.Sqrt(squares), 0, StandardError * 1.15);
        Assert.InRange(bias, -4 * StandardError / Math.Sqrt(Runs), 4 * StandardError / Math.Sqrt(Runs));
    }

    [Fact]
    public void No_values_are_estimated_as_zero_and_full_registers_as_the_stated_most()
    {
        Assert.Equal(0, HyperLogLog.Estimate(0, HyperLogLog.Registers, 0));
        Assert.Equal(HyperLogLog.Most, HyperLogLog.Estimate(0, 0, HyperLogLog.Registers));
    }

    [Fact]
    public void A_sketch_older_than_its_stamps_reach_moves_its_base_and_keeps_every_window()
    {
        var old = new WindowSketch();
        var young = new WindowSketch();
        old.Reset(0);
        young.Reset(57_000);
        var filled = WindowStarts.At(65_400);
        for (var i = 0; i < 400; i++)
        {
            old.Add(KeyHash.Fingerprint((ulong)i), 65_000 + i, filled);
            young.Add(KeyHash.Fingerprint((ulong)i), 65_000 + i, filled);
        }

        // The windows that end with newer tiles begin with each of the tiles that hold a value.
        foreach (var first in Enumerable.Range(65_000, 400))
        {
            var starts = new WindowStarts(first + 600, first, first + 1, first - 8640);
            Assert.Equal(young.Read(starts), old.Read(starts));
        }

        Assert.True(old.Base > 0);
        Assert.Equal(57_000, young.Base);
    }

    [Fact]
    public void A_sketch_read_by_ever_newer_windows_equals_one_counted_afresh()
    {
        var random = new Random(4);
        var kept = new WindowSketch();
        kept.Reset(1000);
        var tile = 9000;
        for (var i = 0; i < 5000; i++)
        {
            tile += random.Next(10) == 0 ? random.Next(3000) : random.Next(2);
            var starts = WindowStarts.At(tile);
            kept.Add(KeyHash.Fingerprint((ulong)random.Next(3000)), Math.Max(starts.Day, tile - random.Next(200)), starts);
            var fresh = new WindowSketch();
            fresh.Restore(kept.Base, System.Runtime.InteropServices.MemoryMarshal.AsBytes(kept.State));
            Assert.Equal(fresh.Read(starts), kept.Read(starts));
        }
    }
}
