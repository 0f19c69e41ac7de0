using Guard.Core.Calibration;

namespace Guard.Grains.Calibrating;

/// <summary>How far new thresholds may lie from those in force. Outside of it a person decides. The defaults are Guard's own.</summary>
public sealed record CalibrationBounds
{
    /// <summary>Gets or sets the fewest clicks of a sample, at least 1. Default: 10,000.</summary>
    public long MinimumClicks { get; set; } = 10_000;

    /// <summary>Gets or sets the fewest purchasing clicks of a sample, at least 1. Default: 100.</summary>
    public long MinimumPurchasing { get; set; } = 100;

    /// <summary>Gets or sets by how much the invalidation rate of all traffic may change, in (0, 1]. Default: 0.1.</summary>
    public double GreatestIvrChange { get; set; } = 0.1;

    /// <summary>Gets or sets the greatest false-positive rate of all traffic, in (0, 1]. Default: 0.02.</summary>
    public double GreatestFpr { get; set; } = 0.02;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="InvalidOperationException">A bound is outside its range.</exception>
    public void Validate()
    {
        if (MinimumClicks < 1 || MinimumPurchasing < 1 || GreatestIvrChange is not (> 0 and <= 1) || GreatestFpr is not (> 0 and <= 1))
        {
            throw new InvalidOperationException("A calibration bound is out of range: give least counts from 1, and shares in (0, 1].");
        }
    }

    /// <summary>Tells in one line why thresholds must not be put in force without a person; <see langword="null"/> where they may.</summary>
    /// <param name="candidate">The new thresholds.</param>
    /// <param name="current">Those in force; <see langword="null"/> where there are none.</param>
    public string? Problem(ThresholdSet candidate, ThresholdSet? current)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var all = candidate.All;
        return all.Counts.Clicks < MinimumClicks ? $"the sample has {all.Counts.Clicks} clicks, fewer than {MinimumClicks}"
            : all.Counts.Purchasing < MinimumPurchasing ? $"the sample has {all.Counts.Purchasing} purchasing clicks, fewer than {MinimumPurchasing}"
            : all.Fpr is { } fpr && fpr.Value > GreatestFpr ? $"the false-positive rate would be {fpr.Value:P2}, above {GreatestFpr:P2}"
            : current is not null && Math.Abs(all.Ivr.Value - current.All.Ivr.Value) > GreatestIvrChange
                ? $"the invalidation rate would go from {current.All.Ivr.Value:P1} to {all.Ivr.Value:P1}, by more than {GreatestIvrChange:P1}"
            : null;
    }
}
