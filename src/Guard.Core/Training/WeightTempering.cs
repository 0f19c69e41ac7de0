namespace Guard.Core.Training;

/// <summary>
/// Flattens the weights of calendar cells within each label by a power in [0, 1], which keeps their order and each label's
/// total. The effective sample size of the powered weights falls as the power grows, so the greatest that leaves enough is found by bisection.
/// </summary>
internal static class WeightTempering
{
    private const int Bisections = 40;

    /// <summary>Gets the greatest power that leaves each label at least a share of its clicks as effective sample size.</summary>
    /// <param name="weights">One weight a cell; cells of the two labels alternate.</param>
    /// <param name="counts">The clicks of each cell.</param>
    /// <param name="leastShare">The share, from 0 to 1.</param>
    public static double Power(double[] weights, long[] counts, double leastShare)
    {
        if (Leaves(1))
        {
            return 1;
        }

        double low = 0, high = 1;
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Leaves(middle) ? (middle, high) : (low, middle);
        }

        return low;

        bool Leaves(double power) => EffectiveShare(weights, counts, 0, power) >= leastShare && EffectiveShare(weights, counts, 1, power) >= leastShare;
    }

    /// <summary>Raises weights to a power and gives each label its total back.</summary>
    public static double[] Temper(double[] weights, long[] counts, double power)
    {
        if (power == 1)
        {
            return weights;
        }

        var tempered = new double[weights.Length];
        for (var label = 0; label < 2; label++)
        {
            double before = 0, after = 0;
            for (var cell = label; cell < weights.Length; cell += 2)
            {
                tempered[cell] = counts[cell] == 0 ? 0 : Math.Pow(weights[cell], power);
                before += weights[cell] * counts[cell];
                after += tempered[cell] * counts[cell];
            }

            for (var cell = label; after > 0 && cell < weights.Length; cell += 2)
            {
                tempered[cell] *= before / after;
            }
        }

        return tempered;
    }

    private static double EffectiveShare(double[] weights, long[] counts, int label, double power)
    {
        double clicks = 0, sum = 0, squares = 0;
        for (var cell = label; cell < weights.Length; cell += 2)
        {
            if (counts[cell] > 0)
            {
                var weight = Math.Pow(weights[cell], power);
                clicks += counts[cell];
                sum += weight * counts[cell];
                squares += weight * weight * counts[cell];
            }
        }

        return clicks == 0 ? 1 : sum * sum / squares / clicks;
    }
}
