using System.Collections.Immutable;
using Guard.Core.Features;

namespace Guard.Core.Training;

/// <summary>The weighted mean and reciprocal standard deviation of each feature, and the reference click.</summary>
/// <param name="Mean">The mean, in the feature's unit.</param>
/// <param name="Scale">
/// The reciprocal standard deviation; 0 holds a feature at its mean: one that does not vary, or whose cycle the <see cref="LearningSpan"/> does not cover.
/// </param>
/// <param name="Reference">The weighted mean of the human clicks.</param>
internal sealed record InputScaling(ImmutableArray<float> Mean, ImmutableArray<float> Scale, ImmutableArray<float> Reference)
{
    /// <summary>Gets the names of the features that are held at their mean.</summary>
    public ImmutableArray<string> Unused(FeatureSchema schema) => [.. schema.Features.Where((_, i) => Scale[i] == 0).Select(feature => feature.Name)];

    /// <summary>Measures some rows of a table.</summary>
    /// <exception cref="ArgumentException">A feature is not finite.</exception>
    public static InputScaling Of(FeatureTable table, ReadOnlySpan<WeakLabel> labels, ReadOnlySpan<float> weights, IReadOnlyList<int> rows)
    {
        var width = table.Schema.Width;
        var sums = new double[width];
        var squares = new double[width];
        var human = new double[width];
        double total = 0, humanTotal = 0;

        // Deviations from the first row keep the squares small where a feature is far from zero.
        var origin = table.Row(rows[0]).ToArray();
        foreach (var row in rows)
        {
            double weight = weights[row], humanWeight = labels[row] == WeakLabel.Human ? weight : 0;
            var x = table.Row(row);
            total += weight;
            humanTotal += humanWeight;
            for (var i = 0; i < width; i++)
            {
                if (!float.IsFinite(x[i]))
                {
                    throw new ArgumentException($"The feature {table.Schema.Features[i].Name} of row {row} is {x[i]}; training needs finite features.", nameof(table));
                }

                var d = (double)x[i] - origin[i];
                sums[i] += weight * d;
                squares[i] += weight * d * d;
                human[i] += humanWeight * d;
            }
        }

        var span = LearningSpan.Of(table, labels);
        var mean = new float[width];
        var scale = new float[width];
        var reference = new float[width];
        for (var i = 0; i < width; i++)
        {
            var m = sums[i] / total;
            var variance = Math.Max(0, squares[i] / total - m * m);
            mean[i] = (float)(origin[i] + m);
            scale[i] = variance > 1e-12 * (1 + m * m) && span.Covers(table.Schema.Features[i].Cycle) ? (float)(1 / Math.Sqrt(variance)) : 0;
            reference[i] = (float)(origin[i] + human[i] / humanTotal);
        }

        return new InputScaling([.. mean], [.. scale], [.. reference]);
    }
}
