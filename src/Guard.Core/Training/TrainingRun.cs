using System.Collections.Immutable;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>The way from clicks and purchases to models: label, weigh, train the network and its baselines, measure, pack.</summary>
public static class TrainingRun
{
    private const int GoldenRows = 16;

    /// <summary>Trains the network and its baselines on the same labels and weights; each card carries the figures of all on the same split.</summary>
    /// <param name="table">The clicks and their features.</param>
    /// <param name="purchases">The purchases, those before the clicks as their users' history.</param>
    /// <param name="asOf">Up to when purchases were collected, in Unix milliseconds.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Hears of every epoch of the network.</param>
    /// <param name="cancellationToken">Stops training.</param>
    /// <exception cref="ArgumentException">There are no clicks, an option is out of range, a feature is unknown or not finite, or a part of the split lacks a label.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    public static TrainingRunResult Run(
        FeatureTable table,
        ReadOnlySpan<Purchase> purchases,
        long asOf,
        TrainingRunOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        var labels = WeakLabels.Of(table, purchases, asOf, options.Labels);
        var weights = SampleWeights.Rake(table, labels.Values, options.Weights);
        var trained = NetworkTrainer.Train(table, labels.Values, weights.Values, options.Network, progress, cancellationToken);
        var (rows, labelled) = (trained.Split.Training, trained.Split.Labelled);
        var velocity = VelocityHeuristic.Fit(table, labels.Values, weights.Values, rows, options.VelocityFeatures);
        (ModelKind Kind, IScorer Judged, IScorer Kept, IReadOnlyList<int> Rows)[] models =
        [
            (ModelKind.Network, new Network("", table.Schema, trained.Weights), new Network("", table.Schema, trained.Weights), rows),

            // Nothing of the regression is chosen on the later clicks, so once judged on them it learns from them too.
            (ModelKind.Logistic, Regress(rows), Regress(labelled), labelled),
            (ModelKind.Velocity, velocity, velocity, rows),
        ];

        var metrics = new List<ModelMetrics>();
        foreach (var (kind, judged, _, _) in models)
        {
            metrics.Add(ModelEvaluation.Measure(judged, kind.ToString(), "training", table, labels.Values, weights.Values, rows));
            metrics.Add(ModelEvaluation.Measure(judged, kind.ToString(), "validation", table, labels.Values, weights.Values, trained.Split.Validation));
        }

        var golden = Golden(table);
        var packed = Array.ConvertAll(models, m => ModelArtifact.Create(
            m.Kept,
            Card(m.Kind, table, labels, weights, trained, options) with
            {
                Metrics = [.. metrics],
                UnusedFeatures = InputScaling.Of(table, labels.Values, weights.Values, m.Rows).Unused(table.Schema),
            },
            golden));
        return new TrainingRunResult(packed[0], packed[1], packed[2], labels, weights, trained);

        LinearModel Regress(IReadOnlyList<int> on) =>
            LogisticRegression.Fit(table, labels.Values, weights.Values, on, options.Ridge, options.Network.Threads, cancellationToken);
    }

    private static ModelCard Card(ModelKind kind, FeatureTable table, WeakLabels labels, SampleWeights weights, TrainedNetwork trained, TrainingRunOptions options)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (ref readonly var click in table.Facts)
        {
            first = Math.Min(first, click.Time);
            last = Math.Max(last, click.Time);
        }

        return new ModelCard
        {
            Name = options.Name,
            Data = options.Data,
            Kind = kind,
            SpanStart = DateTimeOffset.FromUnixTimeMilliseconds(first),
            SpanEnd = DateTimeOffset.FromUnixTimeMilliseconds(last),
            Clicks = table.Count,
            Human = labels.Human,
            NonHuman = labels.NonHuman,
            Excluded = labels.Excluded,
            EffectiveSampleSize = weights.EffectiveSampleSize,
            EffectiveSampleSizeUnclipped = weights.EffectiveSampleSizeUnclipped,
            Seed = options.Network.Seed,
            Hyperparameters = Hyperparameters(kind, trained, options),
        };
    }

    private static ImmutableSortedDictionary<string, double> Hyperparameters(ModelKind kind, TrainedNetwork trained, TrainingRunOptions options)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        all["labels.joinWindowDays"] = options.Labels.JoinWindow.TotalDays;
        all["labels.maturityDays"] = options.Labels.Maturity.TotalDays;
        all["labels.highRfm"] = options.Labels.HighRfm;
        all["weights.clipMultiple"] = options.Weights.ClipMultiple ?? double.PositiveInfinity;
        all["weights.leastEffectiveShare"] = options.Weights.LeastEffectiveShare;
        all["split.validationShare"] = options.Network.ValidationShare;
        if (kind == ModelKind.Logistic)
        {
            all["ridge"] = options.Ridge;
        }

        if (kind == ModelKind.Network)
        {
            all["hidden1"] = options.Network.Hidden1;
            all["hidden2"] = options.Network.Hidden2;
            all["l2"] = options.Network.L2;
            all["learningRate"] = options.Network.LearningRate;
            all["batchSize"] = options.Network.BatchSize;
            all["maxEpochs"] = options.Network.MaxEpochs;
            all["patience"] = options.Network.Patience;
            all["bestEpoch"] = trained.BestEpoch;
        }

        return all.ToImmutable();
    }

    /// <summary>Rows spread evenly over the table.</summary>
    private static float[] Golden(FeatureTable table)
    {
        var rows = Math.Min(GoldenRows, table.Count);
        var golden = new float[rows * table.Schema.Width];
        for (var i = 0; i < rows; i++)
        {
            table.Row((int)((long)i * table.Count / rows)).CopyTo(golden.AsSpan(i * table.Schema.Width));
        }

        return golden;
    }
}
