using System.Numerics.Tensors;

namespace Guard.Core.Training;

/// <summary>How well scores tell robots from humans.</summary>
public static class Metrics
{
    /// <summary>
    /// The area under the ROC curve, the chance that a robot scores above a human, ties counting half; with DeLong's standard
    /// error (DeLong, DeLong, Clarke-Pearson, Biometrics 44, 1988) by midranks (Sun and Xu, IEEE SPL 21, 2014), in O(n log n).
    /// </summary>
    /// <param name="scores">One score a click.</param>
    /// <param name="robot">Whether each click is a robot's.</param>
    /// <returns>NaN where there is no robot, no human, or a score that is NaN; the error is NaN with fewer than two of either.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate Auc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> robot)
    {
        Require.That(robot.Length, robot.Length == scores.Length, $"{scores.Length}, one a score");
        var robots = Select(scores, robot, true);
        var humans = Select(scores, robot, false);
        int m = robots.Length, n = humans.Length;
        if (m == 0 || n == 0 || TensorPrimitives.IsNaNAny(scores))
        {
            return new Estimate(double.NaN, double.NaN);
        }

        // A click's placement is the share of the other kind that it beats; its mean is the AUC, its variance the error.
        Array.Sort(robots);
        Array.Sort(humans);
        var auc = Placements(robots, humans, out var robotVariance);
        _ = Placements(humans, robots, out var humanVariance);
        return new Estimate(auc, Math.Sqrt(robotVariance / m + humanVariance / n));
    }

    /// <summary>The weighted mean cross-entropy, in nats a click.</summary>
    /// <param name="scores">One probability of "robot" a click; taken as at least 1e-7 from 0 and 1.</param>
    /// <param name="robot">Whether each click is a robot's.</param>
    /// <param name="weights">One weight a click; empty for equal weights.</param>
    /// <returns>NaN where there is no weight.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Estimate LogLoss(ReadOnlySpan<float> scores, ReadOnlySpan<bool> robot, ReadOnlySpan<float> weights = default)
    {
        Require.That(robot.Length, robot.Length == scores.Length, $"{scores.Length}, one a score");
        Require.That(weights.Length, weights.IsEmpty || weights.Length == scores.Length, $"0 or {scores.Length}, one a score");
        const double least = 1e-7;
        double sum = 0, total = 0;
        var losses = new double[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var p = Math.Clamp(scores[i], least, 1 - least);
            losses[i] = -Math.Log(robot[i] ? p : 1 - p);
            double weight = weights.IsEmpty ? 1 : weights[i];
            sum += weight * losses[i];
            total += weight;
        }

        // The error of a ratio of weighted sums, by linearisation.
        double mean = sum / total, squares = 0;
        for (var i = 0; i < losses.Length; i++)
        {
            var residual = (weights.IsEmpty ? 1 : weights[i]) * (losses[i] - mean);
            squares += residual * residual;
        }

        return new Estimate(mean, Math.Sqrt(squares) / total);
    }

    private static float[] Select(ReadOnlySpan<float> scores, ReadOnlySpan<bool> robot, bool wanted)
    {
        var selected = new float[robot.Count(wanted)];
        var next = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (robot[i] == wanted)
            {
                selected[next++] = scores[i];
            }
        }

        return selected;
    }

    private static double Placements(float[] sorted, float[] others, out double variance)
    {
        int below = 0, upTo = 0;
        double sum = 0, squares = 0;
        foreach (var score in sorted)
        {
            while (below < others.Length && others[below] < score)
            {
                below++;
            }

            while (upTo < others.Length && others[upTo] <= score)
            {
                upTo++;
            }

            var placement = 0.5 * ((double)below + upTo) / others.Length;
            sum += placement;
            squares += placement * placement;
        }

        var mean = sum / sorted.Length;
        variance = sorted.Length < 2 ? double.NaN : Math.Max(0, squares - sum * mean) / (sorted.Length - 1);
        return mean;
    }
}
