namespace Guard.Core.Estimation.Detection;

/// <summary>The mean size of a deviation, by SGD with steps of 1/n down to a constant rate, each deviation clipped at a few usual ones.</summary>
internal static class RobustMean
{
    /// <summary>Learns a deviation.</summary>
    /// <param name="mean">The mean so far.</param>
    /// <param name="size">The deviation, not negative.</param>
    /// <param name="rows">How many were seen with this one.</param>
    /// <param name="memory">After how many rows the rate stops falling.</param>
    /// <param name="floor">The least mean to clip by, so that a mean of 0 can grow.</param>
    public static void Learn(ref double mean, double size, long rows, double memory, double floor)
    {
        var clipped = rows < Tuning.ColdRows ? size : Math.Min(size, Tuning.Clip * Math.Max(mean, floor));
        mean += (clipped - mean) / Math.Min(rows, memory);
    }
}
