using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Tests.Estimation.Thresholding;

public class PublishedThresholdTests
{
    [Fact]
    public void It_makes_no_mistake_on_independent_scores_but_abstains_on_many()
    {
        var random = new Random(1);
        var threshold = new PublishedThreshold(0.99, 1e-3);
        var abstained = 0;
        for (var i = 0; i < 3000; i++)
        {
            var score = random.NextDouble();
            var decision = threshold.Update(score);
            Assert.NotEqual(score > 0.99 ? ThresholdDecision.Benign : ThresholdDecision.Anomaly, decision);
            abstained += decision == ThresholdDecision.Abstain ? 1 : 0;
        }

        // Σ min(1, 0.01 + 2 u_n)/3000 by the printed width: 22.5 %.
        Assert.InRange(abstained / 3000.0, 0.20, 0.25);
    }

    [Fact]
    public void At_the_median_it_detects_a_large_change()
    {
        var random = new Random(2);
        var threshold = new PublishedThreshold(0.5, 0.1);
        for (var i = 0; i < 1500; i++)
        {
            threshold.Update(random.NextDouble() + (i < 800 ? 0 : 2));
        }

        Assert.Equal(1, threshold.Restarts);
    }
}
