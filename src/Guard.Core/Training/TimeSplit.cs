using Guard.Core.Features;

namespace Guard.Core.Training;

/// <summary>The labelled clicks of a table, parted by time: a model learns on the earlier ones and is judged on the later.</summary>
public sealed class TimeSplit
{
    private TimeSplit(int[] training, int[] validation, long cut)
    {
        Training = training;
        Validation = validation;
        Cut = cut;
    }

    /// <summary>Gets the rows before the cut, ascending.</summary>
    public IReadOnlyList<int> Training { get; }

    /// <summary>Gets the rows from the cut on, ascending.</summary>
    public IReadOnlyList<int> Validation { get; }

    /// <summary>Gets the rows of both parts, those before the cut first.</summary>
    public IReadOnlyList<int> Labelled => [.. Training, .. Validation];

    /// <summary>Gets the time of the cut, in Unix milliseconds.</summary>
    public long Cut { get; }

    /// <summary>Parts the labelled clicks where a share of them is later. Clicks of the same millisecond stay together.</summary>
    /// <exception cref="ArgumentException">The share is not between 0 and 1, or a part lacks a label.</exception>
    public static TimeSplit At(FeatureTable table, ReadOnlySpan<WeakLabel> labels, double validationShare)
    {
        ArgumentNullException.ThrowIfNull(table);
        Require.That(labels.Length, labels.Length == table.Count, $"{table.Count}, one a click");
        Require.That(validationShare, validationShare is > 0 and < 1, "between 0 and 1");
        var times = new List<long>();
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] != WeakLabel.Excluded)
            {
                times.Add(table.Facts[row].Time);
            }
        }

        times.Sort();
        var cut = times.Count == 0 ? 0 : times[Math.Min(times.Count - 1, (int)(times.Count * (1 - validationShare)))];
        var training = new List<int>();
        var validation = new List<int>();
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] != WeakLabel.Excluded)
            {
                (table.Facts[row].Time < cut ? training : validation).Add(row);
            }
        }

        RequireBothLabels(training, labels, "before");
        RequireBothLabels(validation, labels, "from");
        return new TimeSplit([.. training], [.. validation], cut);

        void RequireBothLabels(List<int> rows, ReadOnlySpan<WeakLabel> all, string side)
        {
            var human = 0;
            foreach (var row in rows)
            {
                human += all[row] == WeakLabel.Human ? 1 : 0;
            }

            if (human == 0 || human == rows.Count)
            {
                throw new ArgumentException(
                    $"{human} of the {rows.Count} labelled clicks {side} {DateTimeOffset.FromUnixTimeMilliseconds(cut):u} are human; both labels are needed to train: take a longer span, a shorter maturity, or look for missing purchases.",
                    nameof(labels));
            }
        }
    }
}
