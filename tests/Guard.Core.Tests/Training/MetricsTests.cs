using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Training;

namespace Guard.Core.Tests.Training;

public class MetricsTests
{
    [Fact]
    public void The_AUC_is_the_share_of_pairs_in_order_with_ties_counting_half() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var n = random.Next(4, 60);
        float[] scores = [.. Enumerable.Range(0, n).Select(_ => random.Next(8) / 8f)];
        bool[] robot = [.. Enumerable.Range(0, n).Select(i => i < 2 || (i > 3 && random.Next(2) == 0))];
        var robots = scores.Where((_, i) => robot[i]).ToArray();
        var humans = scores.Where((_, i) => !robot[i]).ToArray();
        var placements = robots.Select(r => humans.Average(h => r > h ? 1 : r == h ? 0.5 : 0)).ToArray();
        var reverse = humans.Select(h => robots.Average(r => r > h ? 1 : r == h ? 0.5 : 0)).ToArray();
        var auc = Metrics.Auc(scores, robot);
        Assert.Equal(placements.Average(), auc.Value, 1e-12);
        Assert.Equal(Math.Sqrt(Variance(placements) / robots.Length + Variance(reverse) / humans.Length), auc.StandardError, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_AUC_of_perfect_order_is_1_without_error() =>
        Assert.Equal(new Estimate(1, 0), Metrics.Auc([0.1f, 0.2f, 0.8f, 0.9f], [false, false, true, true]));

    [Fact]
    public void Without_one_of_the_kinds_or_with_a_NaN_score_the_AUC_is_undefined()
    {
        Assert.True(double.IsNaN(Metrics.Auc([0.1f, 0.2f], [true, true]).Value));
        Assert.True(double.IsNaN(Metrics.Auc([], []).Value));
        Assert.True(double.IsNaN(Metrics.Auc([0.1f, float.NaN], [true, false]).Value));
    }

    [Fact]
    public void The_log_loss_is_the_weighted_mean_of_the_surprise()
    {
        var loss = Metrics.LogLoss([0.5f, 0.25f], [true, false], [3, 1]);
        Assert.Equal((3 * Math.Log(2) - Math.Log(0.75)) / 4, loss.Value, 1e-7);
        Assert.True(loss.StandardError > 0);
        Assert.Equal(-Math.Log(1e-7), Metrics.LogLoss([1f], [false]).Value, 1e-6);
    }

    private static double Variance(double[] values) => values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1);
}
