using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Core.Tests.Training;

public class NetworkTrainerTests
{
    private static readonly NetworkTrainerOptions s_quick = new() { BatchSize = 256, MaxEpochs = 12, LearningRate = 5e-3, Threads = 2 };

    [Fact]
    public void The_network_beats_logistic_regression_where_no_line_parts_robots_from_humans()
    {
        var (table, labels) = SyntheticClicks.Checkered(12_000, 5, seed: 1);
        var (test, testLabels) = SyntheticClicks.Checkered(6_000, 5, seed: 2);
        var weights = SyntheticClicks.Ones(table.Count);
        var trained = NetworkTrainer.Train(table, labels, weights, s_quick, cancellationToken: TestContext.Current.CancellationToken);
        var network = Auc(new Network("", table.Schema, trained.Weights));
        var logistic = Auc(LogisticRegression.Fit(table, labels, weights, trained.Split.Training));
        Assert.True(network.Lower > 0.85, $"network {network}");
        Assert.True(logistic.Upper < 0.6, $"logistic {logistic}");

        Estimate Auc(IScorer scorer)
        {
            var scores = new float[test.Count];
            scorer.Score(test.Values, scores);
            return Metrics.Auc(scores, SyntheticClicks.Robots(testLabels));
        }
    }

    [Theory]
    [InlineData(1000, 24, 32, 16)]
    [InlineData(700, 5, 13, 7)]
    public void Any_number_of_threads_trains_the_same_bits(int batch, int width, int hidden1, int hidden2)
    {
        var (table, labels) = SyntheticClicks.Checkered(5_000, width, seed: 3);
        var weights = SyntheticClicks.Ones(table.Count);
        var options = s_quick with { BatchSize = batch, MaxEpochs = 3, Hidden1 = hidden1, Hidden2 = hidden2 };
        var one = Train(1);
        Assert.Equal(one, Train(2));
        Assert.Equal(one, Train(4));
        Assert.NotEqual(one, Train(1, seed: 9));

        float[] Train(int threads, int seed = 1)
        {
            var w = NetworkTrainer.Train(table, labels, weights, options with { Threads = threads, Seed = seed }).Weights;
            return [.. w.Weight1, .. w.Bias1, .. w.Weight2, .. w.Bias2, .. w.Weight3, w.Bias3];
        }
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss()
    {
        var (table, labels) = SyntheticClicks.Checkered(100, 5, seed: 4);
        var random = new Random(4);
        float[] weights = [.. SyntheticClicks.Ones(100).Select(_ => 0.5f + (float)random.NextDouble())];
        int[] rows = [.. Enumerable.Range(0, 100)];
        var scaling = InputScaling.Of(table, labels, weights, rows);
        var data = new TrainingRows(table, labels, weights, rows, scaling);
        var shape = new NetworkShape(5, 9, 6);
        var parameters = new AlignedBuffer(shape.Length);
        shape.Initialise(parameters.Span, random);
        var chunk = new GradientChunk(shape);
        Run();
        var gradient = chunk.Gradient.ToArray();
        Assert.True(gradient.Count(g => g != 0) > 5 * 9 + 9);
        for (var p = 0; p < shape.Length; p++)
        {
            const float step = 2e-3f;
            var kept = parameters.Span[p];
            if (gradient[p] == 0 && kept == 0)
            {
                continue;
            }

            parameters.Span[p] = kept + step;
            var above = Run();
            parameters.Span[p] = kept - step;
            var below = Run();
            parameters.Span[p] = kept;

            // A step may cross a kink of ReLU for some click, so the difference quotient is only near the slope.
            Assert.Equal((above - below) / (2 * step), gradient[p], 0.03 + 0.02 * Math.Abs(gradient[p]));
        }

        double Run()
        {
            var transposed = new AlignedBuffer(shape.Hidden1 * shape.Hidden2);
            for (var j = 0; j < shape.Hidden1; j++)
            {
                for (var k = 0; k < shape.Hidden2; k++)
                {
                    transposed.Span[k * shape.Hidden1 + j] = parameters.Span[shape.Weight2 + j * shape.Hidden2 + k];
                }
            }

            chunk.Run(data, rows, parameters, transposed);
            return chunk.Loss;
        }
    }

    [Fact]
    public void Training_stops_when_the_latest_clicks_stop_improving_and_keeps_the_best_epoch()
    {
        var (table, labels) = SyntheticClicks.Checkered(600, 20, seed: 5, noise: 0.4);
        var reports = new List<TrainingProgress>();
        var options = s_quick with { MaxEpochs = 200, BatchSize = 64, LearningRate = 0.02, L2 = 0 };
        var trained = NetworkTrainer.Train(table, labels, SyntheticClicks.Ones(600), options, new Listener(reports), TestContext.Current.CancellationToken);
        Assert.True(trained.Epochs < options.MaxEpochs);
        Assert.Equal(trained.BestEpoch + options.Patience, trained.Epochs);
        Assert.Equal(reports.Min(r => r.ValidationLoss), trained.ValidationLoss);

        var validation = trained.Split.Validation;
        var network = new Network("", table.Schema, trained.Weights);
        var loss = validation.Average(row => Logistic.Loss(network.Logit(table.Row(row)), labels[row] == WeakLabel.NonHuman));
        Assert.Equal(trained.ValidationLoss, loss, 1e-9);
    }

    [Fact]
    public void L2_shrinks_the_weights()
    {
        var (table, labels) = SyntheticClicks.Checkered(3_000, 5, seed: 6);
        Assert.True(SquaredNorm(0.01) < 0.7 * SquaredNorm(0));

        double SquaredNorm(double l2)
        {
            var w = NetworkTrainer.Train(table, labels, SyntheticClicks.Ones(3_000), s_quick with { L2 = l2, MaxEpochs = 8, Patience = 8 }).Weights;
            return w.Weight1.Concat(w.Weight2).Concat(w.Weight3).Sum(x => (double)x * x);
        }
    }

    [Fact]
    public void A_feature_that_never_varied_moves_no_score()
    {
        var (table, labels) = SyntheticClicks.Checkered(2_000, 3, seed: 7);
        var constant = new Core.Features.FeatureTable(Scoring.RandomNetworks.Schema(4));
        for (var row = 0; row < table.Count; row++)
        {
            constant.Append(table.Facts[row], [.. table.Row(row), 7f]);
        }

        var network = new Network("", constant.Schema, NetworkTrainer.Train(constant, labels, SyntheticClicks.Ones(2_000), s_quick with { MaxEpochs = 1 }).Weights);
        Assert.Equal(network.Logit([1, 2, 3, 7]), network.Logit([1, 2, 3, -1000]));
    }

    [Fact]
    public void Training_can_be_cancelled()
    {
        var (table, labels) = SyntheticClicks.Checkered(1_000, 3, seed: 8);
        Assert.Throws<OperationCanceledException>(() =>
            NetworkTrainer.Train(table, labels, SyntheticClicks.Ones(1_000), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_span_without_humans_or_with_a_feature_that_is_not_finite_is_refused_by_name()
    {
        var (table, labels) = SyntheticClicks.Checkered(100, 3, seed: 9);
        Array.Fill(labels, WeakLabel.NonHuman);
        Assert.Contains("human", Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(table, labels, SyntheticClicks.Ones(100))).Message, StringComparison.Ordinal);

        var (other, otherLabels) = SyntheticClicks.Checkered(100, 3, seed: 9);
        var damaged = new Core.Features.FeatureTable(other.Schema);
        for (var row = 0; row < 100; row++)
        {
            damaged.Append(other.Facts[row], row == 5 ? [1, float.NaN, 2] : other.Row(row));
        }

        Assert.Contains("f1", Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(damaged, otherLabels, SyntheticClicks.Ones(100))).Message, StringComparison.Ordinal);
    }

    private sealed class Listener(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
