using Guard.Core.Features;

namespace Guard.Core.Training;

/// <summary>
/// The span of the labelled clicks, and what it is too short to teach. A position on a calendar cycle cannot be told from
/// the mere passing of time until the cycle came round twice: in less, a weekday is one particular day. The rule is Guard's own.
/// </summary>
/// <param name="Length">The time from the first labelled click to the last.</param>
internal readonly record struct LearningSpan(TimeSpan Length)
{
    private const int Rounds = 2;

    /// <summary>Measures the labelled clicks of a table.</summary>
    public static LearningSpan Of(FeatureTable table, ReadOnlySpan<WeakLabel> labels)
    {
        long first = long.MaxValue, last = long.MinValue;
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] != WeakLabel.Excluded)
            {
                first = Math.Min(first, table.Facts[row].Time);
                last = Math.Max(last, table.Facts[row].Time);
            }
        }

        return new LearningSpan(last < first ? TimeSpan.Zero : TimeSpan.FromMilliseconds(last - first));
    }

    /// <summary>Gets whether the span holds a cycle twice; a length of zero stands for no cycle.</summary>
    public bool Covers(TimeSpan cycle) => cycle == TimeSpan.Zero || Length >= cycle * Rounds;
}
