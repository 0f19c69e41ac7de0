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

    [Theory]
    [InlineData(100, 5, 9, 6)]
    [InlineData(128, 24, 32, 16)]
    [InlineData(3, 1, 17, 33)]
    public void The_gradient_is_that_of_plain_backpropagation(int count, int width, int hidden1, int hidden2)
    {
        var random = new Random(4);
        var table = new Core.Features.FeatureTable(Scoring.RandomNetworks.Schema(width));
        WeakLabel[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? WeakLabel.Human : WeakLabel.NonHuman)];
        foreach (var row in Scoring.RandomNetworks.Rows(4, count, width).Chunk(width))
        {
            table.Append(SyntheticClicks.Facts(0, 1), row);
        }

        float[] weights = [.. SyntheticClicks.Ones(count).Select(_ => 0.5f + (float)random.NextDouble())];
        int[] rows = [.. Enumerable.Range(0, count)];
        var data = new TrainingRows(table, labels, weights, rows, scaling: null);
        var shape = new NetworkShape(width, hidden1, hidden2);
        var parameters = new AlignedBuffer(shape.Length);
        shape.Initialise(parameters.Span, random);
        var transposed = new AlignedBuffer(shape.Hidden1 * shape.Hidden2);
        for (var i = 0; i < transposed.Length; i++)
        {
            transposed.Span[i % shape.Hidden2 * shape.Hidden1 + i / shape.Hidden2] = parameters.Span[shape.Weight2 + i];
        }

        var chunk = new GradientChunk(shape);
        chunk.Run(data, rows, parameters, transposed);
        var (gradient, loss) = Backpropagate(shape, parameters.Span, data);
        Assert.Equal(loss, chunk.Loss, 1e-3);
        for (var p = 0; p < gradient.Length; p++)
        {
            Assert.Equal(gradient[p], chunk.Gradient[p], 1e-3);
        }
    }

    private static (double[] Gradient, double Loss) Backpropagate(NetworkShape shape, Span<float> w, TrainingRows data)
    {
        var gradient = new double[shape.Length];
        var loss = 0.0;
        for (var row = 0; row < data.Count; row++)
        {
            double[] h1 = new double[shape.Hidden1], h2 = new double[shape.Hidden2];
            var z = (double)w[shape.Bias3];
            for (var k = 0; k < h2.Length; k++)
            {
                h2[k] = w[shape.Bias2 + k];
                for (var j = 0; j < h1.Length; j++)
                {
                    h1[j] = w[shape.Bias1 + j];
                    for (var i = 0; i < shape.Inputs; i++)
                    {
                        h1[j] += (double)data.Features[row * shape.Inputs + i] * w[i * h1.Length + j];
                    }

                    h1[j] = Math.Max(0, h1[j]);
                    h2[k] += h1[j] * w[shape.Weight2 + j * h2.Length + k];
                }

                h2[k] = Math.Max(0, h2[k]);
                z += h2[k] * w[shape.Weight3 + k];
            }

            double y = data.Robot[row] ? 1 : 0, p = 1 / (1 + Math.Exp(-z)), d3 = data.Weights[row] * (p - y);
            loss -= data.Weights[row] * Math.Log(data.Robot[row] ? p : 1 - p);
            gradient[shape.Bias3] += d3;
            for (var k = 0; k < h2.Length; k++)
            {
                gradient[shape.Weight3 + k] += d3 * h2[k];
                var d2 = h2[k] > 0 ? d3 * w[shape.Weight3 + k] : 0;
                gradient[shape.Bias2 + k] += d2;
                for (var j = 0; j < h1.Length; j++)
                {
                    gradient[shape.Weight2 + j * h2.Length + k] += d2 * h1[j];
                    var d1 = h1[j] > 0 ? d2 * w[shape.Weight2 + j * h2.Length + k] : 0;
                    gradient[shape.Bias1 + j] += d1;
                    for (var i = 0; i < shape.Inputs; i++)
                    {
                        gradient[i * h1.Length + j] += d1 * data.Features[row * shape.Inputs + i];
                    }
                }
            }
        }

        return (gradient, loss);
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
