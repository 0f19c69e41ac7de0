using System.Numerics.Tensors;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>
/// Trains the network by mini-batch Adam on the weighted cross-entropy, and keeps the weights of the epoch that did best on
/// the latest clicks.
/// </summary>
/// <remarks>
/// The same seed and clicks give the same bits for any number of threads: a mini-batch is cut into chunks of a fixed size,
/// and their gradients are added in order. Another processor may round libm's functions otherwise and so train other bits.
/// </remarks>
public static class NetworkTrainer
{
    private const int ScoringRows = 4096;

    /// <summary>Trains a network.</summary>
    /// <param name="table">The clicks and their features.</param>
    /// <param name="labels">One label a click.</param>
    /// <param name="weights">One sample weight a click.</param>
    /// <param name="options">Shape and rates; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellationToken">Stops training between two steps.</param>
    /// <exception cref="ArgumentException">An option is out of range, a feature is not finite, or a part of the split lacks a label.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped.</exception>
    public static TrainedNetwork Train(
        FeatureTable table,
        ReadOnlySpan<WeakLabel> labels,
        ReadOnlySpan<float> weights,
        NetworkTrainerOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new NetworkTrainerOptions();
        options.Validate();
        Require.That(weights.Length, weights.Length == table.Count, $"{table.Count}, one a click");
        var split = TimeSplit.At(table, labels, options.ValidationShare);
        var scaling = InputScaling.Of(table, labels, weights, split.Training);
        var training = new TrainingRows(table, labels, weights, split.Training, scaling);
        var validation = new TrainingRows(table, labels, weights, split.Validation, scaling: null);
        var shape = new NetworkShape(table.Schema.Width, options.Hidden1, options.Hidden2);
        var descent = new Descent(shape, training, options);

        NetworkWeights? best = null;
        double bestLoss = double.PositiveInfinity, trainingLossAtBest = 0;
        int bestEpoch = 0, epoch = 0;
        while (epoch < options.MaxEpochs && epoch - bestEpoch < options.Patience)
        {
            epoch++;
            var trainingLoss = descent.Epoch(cancellationToken);
            if (!double.IsFinite(trainingLoss) || !float.IsFinite(TensorPrimitives.Sum(descent.Parameters)))
            {
                throw new InvalidOperationException($"Training diverged in epoch {epoch}: take a learning rate below {options.LearningRate}, or look for features of extreme size.");
            }

            var current = shape.ToWeights(descent.Parameters, scaling);
            var loss = Loss(new Network("", table.Schema, current), validation, descent.Parallelism);
            if (loss < bestLoss)
            {
                (best, bestLoss, bestEpoch, trainingLossAtBest) = (current, loss, epoch, trainingLoss);
            }

            progress?.Report(new TrainingProgress(epoch, options.MaxEpochs, trainingLoss, loss, bestEpoch));
        }

        return best is null
            ? throw new InvalidOperationException($"Training diverged: no epoch had a finite validation loss; take a learning rate below {options.LearningRate}.")
            : new TrainedNetwork(best, split, bestEpoch, epoch, trainingLossAtBest, bestLoss);
    }

    private static double Loss(Network network, TrainingRows rows, ParallelOptions parallelism)
    {
        var width = network.Schema.Width;
        var losses = new double[(rows.Count + ScoringRows - 1) / ScoringRows];
        Parallel.For(0, losses.Length, parallelism, chunk =>
        {
            var first = chunk * ScoringRows;
            var logits = new float[Math.Min(ScoringRows, rows.Count - first)];
            network.Logits(rows.Features.AsSpan(first * width, logits.Length * width), logits);
            for (var r = 0; r < logits.Length; r++)
            {
                losses[chunk] += rows.Weights[first + r] * Logistic.Loss(logits[r], rows.Robot[first + r]);
            }
        });
        return losses.Sum() / rows.TotalWeight;
    }
}
