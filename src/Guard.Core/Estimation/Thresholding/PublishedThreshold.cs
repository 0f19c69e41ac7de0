namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// The published algorithm (Sun, Sankararaman and Narayanaswamy, ICML 2024) with its printed width and its whole history, for comparison with
/// <see cref="AbstainingThreshold"/>.
/// </summary>
/// <remarks>
/// Our reading: a rank of 1 or above means that the set has no upper end, since the greatest value seen bounds no quantile. Backward sequences are
/// looked at for suffixes of 1, 2, 4, … values, each once per quarter of its length; their probabilities of error fall as α/(t(t + 1)).
/// For p = 0.99 and α = 0.001 the set has an upper end only past 410,000 values, so on shorter streams it can neither call an anomaly nor prove a
/// change: what the publication did there is not known to us.
/// </remarks>
public sealed class PublishedThreshold
{
    private readonly double _quantile;
    private readonly double _alpha;
    private readonly List<double> _history = [];
    private readonly List<double> _sorted = [];
    private double _lower = double.NegativeInfinity;
    private double _upper = double.PositiveInfinity;

    /// <summary>Creates a threshold that has seen nothing, or warm from offline scores that are of the stream's distribution.</summary>
    /// <param name="quantile">Level p, in (0, 1).</param>
    /// <param name="alpha">α, in (0, 1).</param>
    /// <param name="offline">Scores that count as if they had been seen; null for none.</param>
    public PublishedThreshold(double quantile, double alpha, OfflineScores? offline = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(quantile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantile, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(alpha, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        _quantile = quantile;
        _alpha = alpha;
        if (offline is not null)
        {
            _sorted.AddRange(offline.Sorted);
        }
    }

    /// <summary>Restarts so far.</summary>
    public int Restarts { get; private set; }

    /// <summary>Decides on a score and learns it; O(n) for n scores seen.</summary>
    public ThresholdDecision Update(double score)
    {
        var (lower, upper) = Set(_sorted, _alpha);
        var decision = score > upper ? ThresholdDecision.Anomaly : score >= lower ? ThresholdDecision.Abstain : ThresholdDecision.Benign;
        _history.Add(score);
        var at = _sorted.BinarySearch(score);
        _sorted.Insert(at < 0 ? ~at : at, score);
        _lower = Math.Max(_lower, lower);
        _upper = Math.Min(_upper, upper);
        if (_lower > _upper || Changed())
        {
            _history.Clear();
            _sorted.Clear();
            _lower = double.NegativeInfinity;
            _upper = double.PositiveInfinity;
            Restarts++;
        }

        return decision;
    }

    private bool Changed()
    {
        var t = _history.Count;
        var alpha = _alpha / ((double)t * (t + 1));
        for (var length = 1; length <= t; length *= 2)
        {
            var width = 2 * UniformWidth.Of(length, alpha);
            var informative = _quantile > width || _quantile + width < 1;
            if (!informative || t % Math.Max(1, length / 4) != 0)
            {
                continue;
            }

            var suffix = _history.GetRange(t - length, length);
            suffix.Sort();
            var (lower, upper) = Set(suffix, alpha);
            if (lower > _upper || upper < _lower)
            {
                return true;
            }
        }

        return false;
    }

    private (double Lower, double Upper) Set(List<double> sorted, double alpha)
    {
        var n = sorted.Count;
        var width = 2 * UniformWidth.Of(n, alpha);
        var low = (int)Math.Ceiling((_quantile - width) * n);
        var high = (int)Math.Ceiling((_quantile + width) * n);
        return (
            _quantile - width <= 0 ? double.NegativeInfinity : sorted[Math.Max(low, 1) - 1],
            _quantile + width >= 1 ? double.PositiveInfinity : sorted[Math.Min(high, n) - 1]);
    }
}
