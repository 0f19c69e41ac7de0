using Guard.Core.Features;

namespace Guard.Core.Training;

/// <summary>Rows of a table copied together, standardised where a scaling is given, with their targets and weights.</summary>
internal sealed class TrainingRows
{
    public TrainingRows(FeatureTable table, ReadOnlySpan<WeakLabel> labels, ReadOnlySpan<float> weights, IReadOnlyList<int> rows, InputScaling? scaling)
    {
        var width = table.Schema.Width;
        Count = rows.Count;
        Features = new float[(long)Count * width];
        Robot = new bool[Count];
        Weights = new float[Count];
        for (var r = 0; r < Count; r++)
        {
            var x = table.Row(rows[r]);
            var target = Features.AsSpan(r * width, width);
            x.CopyTo(target);
            for (var i = 0; scaling is not null && i < width; i++)
            {
                target[i] = (x[i] - scaling.Mean[i]) * scaling.Scale[i];
            }

            Robot[r] = labels[rows[r]] == WeakLabel.NonHuman;
            Weights[r] = weights[rows[r]];
            TotalWeight += weights[rows[r]];
        }
    }

    public int Count { get; }

    /// <summary>Gets the features, row-major.</summary>
    public float[] Features { get; }

    /// <summary>Gets the targets: whether the label is non-human.</summary>
    public bool[] Robot { get; }

    public float[] Weights { get; }

    public double TotalWeight { get; }
}
