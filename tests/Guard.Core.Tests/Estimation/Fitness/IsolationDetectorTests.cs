using Guard.Core.Estimation.Fitness;

namespace Guard.Core.Tests.Estimation.Fitness;

public class IsolationDetectorTests
{
    [Fact]
    public void A_far_point_is_isolated_early_and_a_central_one_late()
    {
        var random = new Random(1);
        var detector = new IsolationDetector(2);
        detector.Fit([.. Enumerable.Range(0, 512).Select(_ => random.NextDouble())]);
        var central = detector.Score([0.5, 0.5]);
        var far = detector.Score([3, 3]);
        Assert.InRange(central, 0.2, 0.5);
        Assert.InRange(far, 0.6, 1);
    }

    [Fact]
    public void Equal_seeds_grow_equal_trees()
    {
        double[] rows = [.. Enumerable.Range(0, 300).Select(i => (double)(i * i % 101))];
        var one = new IsolationDetector(3, seed: 5);
        var two = new IsolationDetector(3, seed: 5);
        one.Fit(rows);
        two.Fit(rows);
        two.FineTune(rows);
        Assert.Equal(one.Score([1, 2, 3]), two.Score([1, 2, 3]));
    }
}
