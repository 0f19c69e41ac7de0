using Guard.Simulation.Experiments.ChangePoints;

namespace Guard.Simulation.Tests.Experiments;

public sealed class ChangePointExperimentTests
{
    [Fact]
    public void The_robust_detector_beats_the_published_regret_and_keeps_false_alarms_below_delta()
    {
        var rows = new ChangePointExperiment(Runs: 12, Seed: 3, Threads: 2).Run(ChangePointSetting.Table, [ChangePointMethod.Robust]);

        Assert.Equal(10, rows.Count);
        Assert.All(rows, row => Assert.True(row.Regret.Median <= row.Setting.Published, row.Setting.Name));
        Assert.All(rows, row => Assert.True(row.FalseAlarms <= ChangePointExperiment.Delta, row.Setting.Name));
    }

    // Medians of three times C_t measured independently on the same settings: 266 and 414.
    [Theory]
    [InlineData(0, 266)]
    [InlineData(8, 414)]
    public void The_published_algorithm_reproduces_independent_figures(int setting, double expected)
    {
        var row = new ChangePointExperiment(Runs: 8, Seed: 4, Threads: 2).Run([ChangePointSetting.Table[setting]], [ChangePointMethod.PublishedTimes3Grid]).Single();

        Assert.InRange(row.Regret.Median, 0.88 * expected, 1.15 * expected);
    }

    [Fact]
    public void The_grid_costs_little_delay()
    {
        ChangePointSetting[] settings = [ChangePointSetting.Table[0], ChangePointSetting.Table[9]];
        var rows = new ChangePointExperiment(Runs: 8, Seed: 5, Threads: 2).Run(settings, [ChangePointMethod.Robust, ChangePointMethod.RobustExact]);

        Assert.True(rows[0].Delay <= rows[1].Delay + 5);
        Assert.True(rows[2].Delay <= rows[3].Delay + 8);
        Assert.Null(rows[1].FalseAlarms);
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows_on_any_number_of_threads()
    {
        static IReadOnlyList<ChangePointRow> Rows(int threads) =>
            new ChangePointExperiment(Runs: 5, Seed: 6, threads).Run([ChangePointSetting.Table[4]], [ChangePointMethod.Robust]);

        Assert.Equal(Rows(1), Rows(3));
    }
}
