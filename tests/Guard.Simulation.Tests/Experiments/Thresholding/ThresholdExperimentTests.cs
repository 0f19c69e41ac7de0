using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Simulation.Tests.Experiments.Thresholding;

public class ThresholdExperimentTests
{
    [Fact]
    public void The_published_settings_stay_below_the_published_figures_and_repeat_exactly()
    {
        var results = ThresholdExperiment.Run(runs: 6, seed: 3, threads: 2);
        foreach (var result in results.Where(static r => r.QuotedMistakes is not null))
        {
            Assert.True(result.AbstainedPercent.Mean <= result.QuotedAbstentions, result.Setting);
            Assert.True(result.Mistakes.Mean <= result.QuotedMistakes, result.Setting);
        }

        Assert.Equal(results, ThresholdExperiment.Run(runs: 6, seed: 3, threads: 1));
    }

    [Fact]
    public void A_smaller_memory_stores_less_and_makes_no_mistake()
    {
        var results = ThresholdExperiment.RunCapacities(runs: 2, seed: 1, threads: 2, length: 20_000);
        Assert.All(results, static r => Assert.Equal(0, r.Mistakes.Mean));
        Assert.True(results[0].Stored < results[^1].Stored && results[^1].RankError == 0 && results[0].RankError > 0);
    }
}
