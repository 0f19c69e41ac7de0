namespace Guard.Core.Estimation.Thresholding;

/// <summary>Scores gathered before a stream began, which it may have in common; immutable, shared by any number of thresholds.</summary>
public sealed class OfflineScores
{
    private readonly double[] _sorted;

    /// <summary>Takes a copy of the scores, in any order.</summary>
    /// <exception cref="ArgumentException">There is none, or one is NaN.</exception>
    public OfflineScores(string name, ReadOnlySpan<double> scores)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (scores.IsEmpty)
        {
            throw new ArgumentException($"The offline set {name} holds no scores; leave it out.", nameof(scores));
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i]))
            {
                throw new ArgumentException($"Score {i} of the offline set {name} is not a number; remove it.", nameof(scores));
            }
        }

        Name = name;
        _sorted = scores.ToArray();
        Array.Sort(_sorted);
    }

    /// <summary>What the set is called in readings and errors.</summary>
    public string Name { get; }

    /// <summary>Number of scores.</summary>
    public int Count => _sorted.Length;

    /// <summary>The scores, ascending.</summary>
    internal ReadOnlySpan<double> Sorted => _sorted;
}
