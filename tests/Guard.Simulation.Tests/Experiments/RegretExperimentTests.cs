using Guard.Simulation.Experiments.Regret;

namespace Guard.Simulation.Tests.Experiments;

public sealed class RegretExperimentTests
{
    [Fact]
    public void Oracles_hold_within_their_constants()
    {
        var rows = new OracleExperiment(Runs: 2, Seed: 1, Threads: 2).Run();

        // E‖e‖ = σ√(η/2) up to O(η) and the mean of a norm against the root of its square; the drift's sum is geometric.
        Assert.All(rows.Where(row => row.Name.StartsWith("stationary", StringComparison.Ordinal)), row => Assert.InRange(row.Measured / row.Reference!.Value, 0.85, 1.1));
        Assert.All(rows.Where(row => row.Name.StartsWith("drift", StringComparison.Ordinal)), row => Assert.InRange(row.Measured / row.Reference!.Value, 0.95, 1.05));
        Assert.All(rows.Where(row => row.Name.StartsWith("corruption", StringComparison.Ordinal)), row => Assert.InRange(row.Measured / row.Reference!.Value, 0.5, 1.01));
    }

    [Fact]
    public void Corruption_hurts_a_clipped_estimator_ten_thousand_times_less()
    {
        var rows = new RegretExperiment(Runs: 2, Seed: 1, Threads: 2).Corruption().ToDictionary(row => row.Name, row => row.Measured, StringComparer.Ordinal);

        Assert.True(rows["unclipped"] > 1e4 * rows["λ=2T^(1/4)"]);
        Assert.True(rows["unclipped"] > 1e4 * rows["mixture"]);
        Assert.True(rows["λ=2T^(1/4)"] < rows["λ=2T^(1/3)"] && rows["λ=2T^(1/3)"] < rows["λ=2√T"]);
    }

    [Fact]
    public void A_constant_level_fails_on_skewed_noise_where_a_growing_one_and_the_mixture_hold()
    {
        var row = new RegretExperiment(Runs: 3, Seed: 1, Threads: 2, LongestHorizon: 40_000).Skewed();

        Assert.True(row.Cells[0].Slope.Value > row.Cells[1].Slope.Value + 0.1);
        Assert.True(row.Cells[2].Slope.Value < row.Cells[0].Slope.Value - 0.1);
    }

    [Fact]
    public void The_mixture_comes_within_a_twentieth_of_the_best_column_of_each_row()
    {
        foreach (var row in new RegretExperiment(Runs: 2, Seed: 1, Threads: 2).Slopes())
        {
            Assert.True(row.Cells.Single(cell => cell.Method == "mixture").Slope.Value <= row.BestReference + 0.05);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures_on_any_number_of_threads()
    {
        static IReadOnlyList<SlopeCell> Cells(ulong seed, int threads) =>
            new RegretExperiment(Runs: 4, seed, threads, LongestHorizon: 2_000).Skewed().Cells;

        Assert.Equal(Cells(5, 1), Cells(5, 3));
        Assert.NotEqual(Cells(5, 1), Cells(6, 1));
    }
}
