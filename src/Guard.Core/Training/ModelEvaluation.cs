using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>Measures a model on labelled clicks.</summary>
public static class ModelEvaluation
{
    private const int Batch = 256;

    /// <summary>Scores rows of a table and compares the scores with the labels.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="model">What the result calls the model.</param>
    /// <param name="split">What the result calls the rows.</param>
    /// <param name="table">The clicks.</param>
    /// <param name="labels">One label a click.</param>
    /// <param name="weights">One sample weight a click, for the log loss; empty for equal weights.</param>
    /// <param name="rows">The rows to measure, of which those left out by their label are skipped; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentException">Labels or weights are not one a click.</exception>
    public static ModelMetrics Measure(
        IScorer scorer, string model, string split, FeatureTable table, ReadOnlySpan<WeakLabel> labels, ReadOnlySpan<float> weights = default, IReadOnlyList<int>? rows = null)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(table);
        Require.That(labels.Length, labels.Length == table.Count, $"{table.Count}, one a click");
        Require.That(weights.Length, weights.IsEmpty || weights.Length == table.Count, $"0 or {table.Count}, one a click");
        var kept = new List<int>();
        for (var i = 0; i < (rows?.Count ?? table.Count); i++)
        {
            var row = rows is null ? i : rows[i];
            if (labels[row] != WeakLabel.Excluded)
            {
                kept.Add(row);
            }
        }

        var scores = new float[kept.Count];
        var robot = new bool[kept.Count];
        var keptWeights = new float[kept.Count];
        var width = table.Schema.Width;
        var batch = new float[Batch * width];
        for (var first = 0; first < kept.Count; first += Batch)
        {
            var count = Math.Min(Batch, kept.Count - first);
            for (var r = 0; r < count; r++)
            {
                var row = kept[first + r];
                table.Row(row).CopyTo(batch.AsSpan(r * width));
                robot[first + r] = labels[row] == WeakLabel.NonHuman;
                keptWeights[first + r] = weights.IsEmpty ? 1 : weights[row];
            }

            scorer.Score(batch.AsSpan(0, count * width), scores.AsSpan(first, count));
        }

        return new ModelMetrics(model, split, kept.Count, robot.AsSpan().Count(false), Metrics.Auc(scores, robot), Metrics.LogLoss(scores, robot, keptWeights));
    }
}
