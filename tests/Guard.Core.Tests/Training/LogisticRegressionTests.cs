using Guard.Core.Training;

namespace Guard.Core.Tests.Training;

public class LogisticRegressionTests
{
    [Fact]
    public void The_coefficients_that_made_the_labels_are_found_again()
    {
        var (table, labels) = SyntheticClicks.Linear(60_000, [1.0, -0.5, 0.25], bias: -1, seed: 1);
        var model = LogisticRegression.Fit(table, labels, SyntheticClicks.Ones(table.Count), [.. Enumerable.Range(0, table.Count)], ridge: 1e-6);
        Assert.Equal(1.0, model.Weights[0], 0.05);
        Assert.Equal(-0.5, model.Weights[1], 0.05);
        Assert.Equal(0.25, model.Weights[2], 0.05);
        Assert.Equal(-1, model.Bias, 0.15);
    }

    [Fact]
    public void At_the_optimum_the_weighted_errors_are_orthogonal_to_every_feature()
    {
        var (table, labels) = SyntheticClicks.Linear(3_000, [0.7, -0.2, 0, 0.4], bias: -1, seed: 2);
        var random = new Random(2);
        float[] weights = [.. SyntheticClicks.Ones(3_000).Select(_ => (float)random.NextDouble() * 2)];
        var model = LogisticRegression.Fit(table, labels, weights, [.. Enumerable.Range(0, table.Count)], ridge: 1e-9);
        var scores = new float[table.Count];
        model.Score(table.Values, scores);
        for (var i = 0; i < 4; i++)
        {
            var slope = Enumerable.Range(0, table.Count).Average(row =>
                weights[row] * (scores[row] - (labels[row] == WeakLabel.NonHuman ? 1.0 : 0)) * table.Row(row)[i]);
            Assert.Equal(0, slope, 1e-5);
        }
    }

    [Fact]
    public void Any_number_of_threads_fits_the_same_bits()
    {
        var (table, labels) = SyntheticClicks.Linear(2_000, [0.7, -0.2], bias: -1, seed: 3);
        int[] rows = [.. Enumerable.Range(0, table.Count)];
        var one = LogisticRegression.Fit(table, labels, SyntheticClicks.Ones(2_000), rows, threads: 1);
        var four = LogisticRegression.Fit(table, labels, SyntheticClicks.Ones(2_000), rows, threads: 4);
        Assert.Equal(one.Weights, four.Weights);
        Assert.Equal(one.Bias, four.Bias);
    }

    [Fact]
    public void Labels_that_a_feature_parts_wholly_still_give_finite_coefficients()
    {
        var (table, labels) = SyntheticClicks.Linear(500, [1.0, 1.0], bias: -4, seed: 4);
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = table.Row(row)[0] > 2 ? WeakLabel.NonHuman : WeakLabel.Human;
        }

        var model = LogisticRegression.Fit(table, labels, SyntheticClicks.Ones(500), [.. Enumerable.Range(0, 500)], ridge: 1e-4);
        Assert.All(model.Weights, w => Assert.True(float.IsFinite(w)));
        Assert.True(model.Weights[0] > 1);
    }
}
