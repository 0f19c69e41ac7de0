namespace Guard.Simulation.Experiments.Fitness;

/// <summary>How well scores put anomalies before normal points.</summary>
public static class Ranking
{
    /// <summary>Area under the ROC curve, ties counted half; 0.5 where there are only points of one kind.</summary>
    public static double RocArea(double[] scores, bool[] anomalous)
    {
        var order = Order(scores, anomalous, out var sortedScores);
        double positives = anomalous.Count(static a => a);
        var negatives = anomalous.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            return 0.5;
        }

        // Mann and Whitney: the mean rank of the anomalies, ties sharing theirs.
        var sum = 0.0;
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            var hits = 0;
            while (end < order.Length && sortedScores[end] == sortedScores[i])
            {
                hits += order[end] ? 1 : 0;
                end++;
            }

            sum += hits * ((i + end + 1) / 2.0);
            i = end;
        }

        return (sum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }

    /// <summary>Average precision: the mean, over the anomalies, of the precision at their score; 0 where there is none.</summary>
    public static double AveragePrecision(double[] scores, bool[] anomalous)
    {
        var order = Order(scores, anomalous, out var sortedScores);
        double seen = 0, hits = 0, area = 0;
        for (var i = order.Length; i > 0;)
        {
            var start = i;
            var found = 0;
            while (start > 0 && sortedScores[start - 1] == sortedScores[i - 1])
            {
                found += order[start - 1] ? 1 : 0;
                start--;
            }

            seen += i - start;
            hits += found;
            area += found * hits / seen;
            i = start;
        }

        return hits == 0 ? 0 : area / hits;
    }

    private static bool[] Order(double[] scores, bool[] anomalous, out double[] sorted)
    {
        sorted = (double[])scores.Clone();
        var order = (bool[])anomalous.Clone();
        Array.Sort(sorted, order);
        return order;
    }
}
