namespace Guard.Core.Calibration;

/// <summary>
/// The exact empirical curve of IVR, FPR and robotic coverage over every distinct threshold of a sample. Clicks with equal
/// scores stand or fall together, so the curve has a point for each distinct score and one that invalidates nothing.
/// </summary>
/// <remarks>Points are ordered by falling threshold, so that all three rates rise with the index. Immutable.</remarks>
public sealed class IvrFprCurve
{
    private readonly float[] _thresholds;
    private readonly int[] _invalidated;
    private readonly int[] _falsePositives;
    private readonly int[] _covered;

    /// <summary>The attainable counts of false positives, rising, and the most invalidated clicks at each: together, since fits read nothing else.</summary>
    private readonly (int FalsePositives, int Invalidated)[] _frontier;

    private IvrFprCurve(float[] thresholds, int[] invalidated, int[] falsePositives, int[] covered)
    {
        (_thresholds, _invalidated, _falsePositives, _covered) = (thresholds, invalidated, falsePositives, covered);
        (Clicks, Purchasing, Robotic) = (invalidated[^1], falsePositives[^1], covered[^1]);
        _frontier = BestOfEach(falsePositives, invalidated);
    }

    /// <summary>Gets the number of clicks.</summary>
    public int Clicks { get; }

    /// <summary>Gets the number of purchasing clicks.</summary>
    public int Purchasing { get; }

    /// <summary>Gets the number of clicks in robotic sessions.</summary>
    public int Robotic { get; }

    /// <summary>Gets the number of points: the distinct scores and one.</summary>
    public int Count => _thresholds.Length;

    /// <summary>Gets a point; the first invalidates nothing, the last everything.</summary>
    public OperatingPoint this[int index] => new(
        _thresholds[index],
        new ClickCounts(Clicks, _invalidated[index], Purchasing, _falsePositives[index], Robotic, _covered[index]));

    /// <summary>Builds the curve of clicks in any order.</summary>
    /// <param name="scores">The scores, in [0, 1].</param>
    /// <param name="purchasing">Whether each click led to a purchase.</param>
    /// <param name="robotic">Whether each click's session is robotic (see <see cref="RoboticSessions"/>); may be empty for none.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a score is outside [0, 1].</exception>
    public static IvrFprCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> purchasing, ReadOnlySpan<bool> robotic)
    {
        if (purchasing.Length != scores.Length || (robotic.Length != scores.Length && !robotic.IsEmpty))
        {
            throw new ArgumentException($"{scores.Length} scores, {purchasing.Length} purchase flags, {robotic.Length} session flags.", nameof(scores));
        }

        var order = ScoreOrder.Descending(scores);
        var sorted = new float[order.Length];
        var flags = new ClickFlags[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            sorted[i] = scores[order[i]];
            flags[i] = ScoreOrder.Flags(purchasing[order[i]], !robotic.IsEmpty && robotic[order[i]]);
        }

        return OfSorted(sorted, flags);
    }

    /// <summary>Gets what a threshold does; it need not be one of the curve's.</summary>
    /// <exception cref="ArgumentException">The threshold is not a number.</exception>
    public OperatingPoint At(float threshold)
    {
        if (float.IsNaN(threshold))
        {
            throw new ArgumentException("A threshold is a number.", nameof(threshold));
        }

        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = _thresholds[middle] >= threshold ? (middle, high) : (low, middle - 1);
        }

        return this[low] with { Threshold = threshold };
    }

    /// <summary>Gets the point with the most invalidated clicks whose FPR is at most <paramref name="fpr"/>.</summary>
    /// <exception cref="InvalidOperationException">There are no purchasing clicks, so that no FPR is defined.</exception>
    public OperatingPoint WithinFpr(double fpr)
    {
        if (Purchasing == 0)
        {
            throw new InvalidOperationException("Without purchasing clicks the FPR is undefined.");
        }

        return !(fpr >= 0)
            ? throw new ArgumentOutOfRangeException(nameof(fpr), fpr, "An FPR is at least 0.")
            : this[Last((falsePositives, limit) => (double)falsePositives / Purchasing <= limit, fpr)];
    }

    /// <summary>Gets the point with the most invalidated clicks that has at most so many false positives.</summary>
    public OperatingPoint WithinFalsePositives(int falsePositives)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(falsePositives);
        return this[Last((count, limit) => count <= limit, falsePositives)];
    }

    /// <summary>Gets the point with the fewest invalidated clicks whose robotic coverage is at least <paramref name="coverage"/>.</summary>
    /// <remarks>Without clicks in robotic sessions every coverage is met by invalidating nothing.</remarks>
    /// <param name="coverage">The coverage, in [0, 1].</param>
    public OperatingPoint WithCoverage(double coverage)
    {
        if (!(coverage is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "A coverage lies in [0, 1].");
        }

        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = Robotic == 0 || (double)_covered[middle] / Robotic >= coverage ? (low, middle) : (middle + 1, high);
        }

        return this[low];
    }

    /// <summary>Gets the best IVR that each attainable FPR allows, by rising FPR from 0 to the first at or above <paramref name="range"/>.</summary>
    /// <param name="range">The greatest FPR that matters, in (0, 1].</param>
    /// <exception cref="InvalidOperationException">There are no purchasing clicks, so that no FPR is defined.</exception>
    public (double[] Fpr, double[] Ivr) Frontier(double range = 1) => Frontier(range, 0);

    /// <summary>Gets the same where a threshold is charged so many purchasing clicks, unseen in the sample, beyond its false positives.</summary>
    /// <param name="range">The greatest FPR that matters, in (0, 1].</param>
    /// <param name="unseen">0, or 1 for the FPR to expect of fresh clicks (see <see cref="BudgetBasis.Expected"/>).</param>
    internal (double[] Fpr, double[] Ivr) Frontier(double range, int unseen)
    {
        if (Purchasing == 0)
        {
            throw new InvalidOperationException("Without purchasing clicks the FPR is undefined.");
        }

        double total = Purchasing + unseen;
        var points = 1;
        while (points < _frontier.Length && (_frontier[points - 1].FalsePositives + unseen) / total < range)
        {
            points++;
        }

        var (fpr, ivr) = (new double[points], new double[points]);
        for (var i = 0; i < points; i++)
        {
            (fpr[i], ivr[i]) = ((_frontier[i].FalsePositives + unseen) / total, (double)_frontier[i].Invalidated / Clicks);
        }

        return (fpr, ivr);
    }

    /// <summary>Gets the highest score of a purchasing click that a point spares, or NaN where it spares none.</summary>
    internal float NextPurchasing(int falsePositives) =>
        falsePositives < Purchasing ? _thresholds[Last((count, limit) => count <= limit, falsePositives) + 1] : float.NaN;

    /// <summary>Builds the curve of clicks that are already in order of falling score.</summary>
    internal static IvrFprCurve OfSorted(ReadOnlySpan<float> scores, ReadOnlySpan<ClickFlags> flags)
    {
        var distinct = 1;
        for (var i = 0; i < scores.Length; i++)
        {
            distinct += i == 0 || scores[i] != scores[i - 1] ? 1 : 0;
        }

        var thresholds = new float[distinct];
        var (invalidated, falsePositives, covered) = (new int[distinct], new int[distinct], new int[distinct]);
        thresholds[0] = float.PositiveInfinity;
        var point = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (i == 0 || scores[i] != scores[i - 1])
            {
                point++;
                thresholds[point] = scores[i];
                (falsePositives[point], covered[point]) = (falsePositives[point - 1], covered[point - 1]);
            }

            invalidated[point] = i + 1;
            falsePositives[point] += (int)(flags[i] & ClickFlags.Purchasing);
            covered[point] += (int)(flags[i] & ClickFlags.Robotic) >> 1;
        }

        return new IvrFprCurve(thresholds, invalidated, falsePositives, covered);
    }

    private static (int FalsePositives, int Invalidated)[] BestOfEach(int[] falsePositives, int[] invalidated)
    {
        var best = new List<(int, int)>();
        for (var i = 0; i < falsePositives.Length; i++)
        {
            if (i == falsePositives.Length - 1 || falsePositives[i + 1] != falsePositives[i])
            {
                best.Add((falsePositives[i], invalidated[i]));
            }
        }

        return [.. best];
    }

    private int Last(Func<int, double, bool> within, double limit)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = within(_falsePositives[middle], limit) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
