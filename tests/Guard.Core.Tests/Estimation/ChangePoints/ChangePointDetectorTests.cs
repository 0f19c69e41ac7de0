using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation.ChangePoints;

public sealed class ChangePointDetectorTests
{
    public static TheoryData<string> Kinds => ["sgd exact", "sgd grid", "robust exact", "robust grid"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_jump_is_found_soon_and_is_placed(string kind)
    {
        var (detector, random) = (Create(kind, 2), new Random(11));
        for (var t = 0; t < 300; t++)
        {
            Assert.Null(detector.Update([Noise(random), Noise(random)]));
        }

        for (var t = 300; t < 500; t++)
        {
            if (detector.Update([2 + Noise(random), Noise(random)]) is { } change)
            {
                Assert.Equal(t, change.DetectedAt);
                Assert.True(t < 370);
                if (detector is RobustChangePoints)
                {
                    Assert.InRange(299, change.Least, change.Greatest);
                    Assert.InRange(change.Likeliest, 296, 302);
                }

                Assert.InRange(change.Likeliest, change.Least, change.Greatest);
                Assert.Equal(t + 1, detector.Samples);
                return;
            }
        }

        Assert.Fail("The jump was not found.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_detector_goes_on_identically(string kind)
    {
        foreach (var cut in new[] { 0, 5, 16, 17, 230, 330, 400 })
        {
            var (random, original) = (new Random(12), Create(kind, 2));
            for (var t = 0; t < cut; t++)
            {
                original.Update(Sample(random, t));
            }

            var saved = Save(original);
            var restored = Restore(kind, saved, 2);
            Assert.Equal(saved, Save(restored));
            for (var t = cut; t < 600; t++)
            {
                var sample = Sample(random, t);
                Assert.Equal(original.Update(sample), restored.Update(sample));
            }

            Assert.Equal(Save(original), Save(restored));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_bytes_are_refused(string kind)
    {
        var detector = Create(kind, 2);
        var random = new Random(13);
        for (var t = 0; t < 40; t++)
        {
            detector.Update(Sample(random, t));
        }

        var saved = Save(detector);
        for (var length = 0; length < saved.Length; length += 7)
        {
            Assert.Throws<InvalidDataException>(() => Restore(kind, saved[..length], 2));
        }

        Assert.Throws<InvalidDataException>(() => Restore(kind, saved, 3));
        saved[4]++;
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => Restore(kind, saved, 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bad_samples_are_refused_and_huge_ones_poison_nothing(string kind)
    {
        var (detector, random) = (Create(kind, 2), new Random(14));
        for (var t = 0; t < 100; t++)
        {
            detector.Update(Sample(random, 0));
        }

        var before = Save(detector);
        detector.Update([double.NaN, 0]);
        detector.Update([0, double.NegativeInfinity]);
        Assert.Equal(2, detector.Refused);
        Assert.Equal(100, detector.Samples);
        Assert.Throws<ArgumentException>(() => detector.Update([1]));
        Assert.Equal(before.Length, Save(detector).Length);

        detector.Update([1e308, -1e308]);
        detector.Update([double.MaxValue, double.MaxValue]);
        for (var t = 0; t < 100; t++)
        {
            Assert.Null(detector.Update(Sample(random, 0)));
        }

        // A state with anything infinite or NaN in it could not be read back.
        Assert.Equal(Save(detector), Save(Restore(kind, Save(detector), 2)));
    }

    [Fact]
    public void A_constant_series_is_quiet_and_its_shift_is_found()
    {
        var detector = new RobustChangePoints(1);
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Null(detector.Update([3])));
        var delay = Enumerable.Range(1, 50).First(_ => detector.Update([4]) is not null);
        Assert.InRange(delay, 2, 15);
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Null(detector.Update([4])));
    }

    [Fact]
    public void The_robust_detector_does_not_depend_on_the_unit()
    {
        var (first, second, random) = (new RobustChangePoints(2), new RobustChangePoints(2), new Random(15));
        for (var t = 0; t < 900; t++)
        {
            var sample = Sample(random, t);
            Assert.Equal(first.Update(sample), second.Update([sample[0] * 1024, sample[1] * 1024]));
        }

        Assert.True(first.Samples == 900);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Wild_samples_alone_are_no_change(int dimension)
    {
        var (detector, random) = (new RobustChangePoints(dimension), new Random(16));
        var sample = new double[dimension];
        for (var t = 0; t < 2_000; t++)
        {
            // Cauchy noise: not even a mean.
            for (var i = 0; i < dimension; i++)
            {
                sample[i] = Math.Tan(Math.PI * (random.NextDouble() - 0.5));
            }

            Assert.Null(detector.Update(sample));
        }
    }

    [Fact]
    public void The_grid_keeps_few_splits()
    {
        var detector = new RobustChangePoints(1);
        var random = new Random(17);
        for (var t = 0; t < 20_000; t++)
        {
            detector.Update([Noise(random)]);
        }

        Assert.InRange(detector.Splits, 20, 150);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RobustChangePoints(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RobustChangePoints(1, new RobustChangePointOptions { Delta = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RobustChangePoints(1, new RobustChangePointOptions { WarmUp = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedSgdChangePoints(1, ChangePointBound.Experiments(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SplitGrid.Geometric(0));
    }

    private static double[] Sample(Random random, int t) => [Noise(random) + (t / 250 % 2 * 3), Noise(random)];

    private static double Noise(Random random) => (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 1.4;

    private static SplitGrid Grid(string kind) => kind.EndsWith("exact", StringComparison.Ordinal) ? SplitGrid.Exact : SplitGrid.Geometric(4);

    private static IChangePointDetector Create(string kind, int dimension) => kind.StartsWith("sgd", StringComparison.Ordinal)
        ? new ClippedSgdChangePoints(dimension, ChangePointBound.Experiments(factor: 3), 0.1, Grid(kind))
        : new RobustChangePoints(dimension, new RobustChangePointOptions { Grid = Grid(kind) });

    private static byte[] Save(IChangePointDetector detector) => detector switch
    {
        ClippedSgdChangePoints sgd => sgd.Save(),
        _ => ((RobustChangePoints)detector).Save(),
    };

    private static IChangePointDetector Restore(string kind, byte[] state, int dimension) => kind.StartsWith("sgd", StringComparison.Ordinal)
        ? ClippedSgdChangePoints.Restore(state, dimension, ChangePointBound.Experiments(factor: 3), 0.1, Grid(kind))
        : RobustChangePoints.Restore(state, dimension, new RobustChangePointOptions { Grid = Grid(kind) });
}
