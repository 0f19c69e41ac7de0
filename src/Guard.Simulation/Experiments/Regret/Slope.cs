namespace Guard.Simulation.Experiments.Regret;

/// <summary>How the logarithm of mean regret grows with the logarithm of T.</summary>
/// <param name="Value">The least-squares slope.</param>
/// <param name="StandardError">Its standard error, by leaving out one run at a time; null for one run.</param>
public readonly record struct Slope(double Value, double? StandardError)
{
    /// <summary>Fits a slope.</summary>
    /// <param name="horizons">The values of T.</param>
    /// <param name="regrets">For each T, the regret of each run; run by run the same number.</param>
    public static Slope Fit(IReadOnlyList<int> horizons, IReadOnlyList<IReadOnlyList<double>> regrets)
    {
        var runs = regrets[0].Count;
        var sums = regrets.Select(each => each.Sum()).ToArray();
        var value = Of(horizons, sums, runs);
        if (runs < 2)
        {
            return new Slope(value, null);
        }

        var without = Enumerable.Range(0, runs)
            .Select(run => Of(horizons, [.. sums.Select((sum, i) => sum - regrets[i][run])], runs - 1))
            .ToArray();
        var mean = without.Average();
        return new Slope(value, Math.Sqrt((runs - 1.0) / runs * without.Sum(each => (each - mean) * (each - mean))));
    }

    private static double Of(IReadOnlyList<int> horizons, double[] sums, int runs)
    {
        var x = horizons.Select(horizon => Math.Log(horizon)).ToArray();
        var y = sums.Select(sum => Math.Log(sum / runs)).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y).Sum(pair => (pair.First - meanX) * (pair.Second - meanY)) / x.Sum(each => (each - meanX) * (each - meanX));
    }
}
