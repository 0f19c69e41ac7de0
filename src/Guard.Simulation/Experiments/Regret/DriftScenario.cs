namespace Guard.Simulation.Experiments.Regret;

/// <summary>A stream whose mean jumps and some of whose samples are corrupted.</summary>
/// <param name="Dimension">The number of coordinates.</param>
/// <param name="Length">T, the number of samples.</param>
/// <param name="Noise">The noise around the mean.</param>
/// <param name="Jumps">How many unit jumps, each in a random direction, split the stream in equal parts.</param>
/// <param name="Corruptions">How many samples, at random places, are replaced.</param>
/// <param name="CorruptionSize">The norm of a corrupted sample, which points in one fixed random direction.</param>
public sealed record DriftScenario(int Dimension, int Length, Noise Noise, int Jumps, int Corruptions, double CorruptionSize)
{
    /// <summary>Runs estimators side by side over one stream.</summary>
    /// <param name="source">The randomness.</param>
    /// <param name="estimators">The estimators, which see the same samples.</param>
    /// <returns>Reg_T = Σ‖θ_t − θ*_t‖ of each, where θ_t is what the estimator held before it saw sample t.</returns>
    public double[] Run(SeededNoise source, IReadOnlyList<IMeanEstimator> estimators)
    {
        var (mean, sample) = (new double[Dimension], new double[Dimension]);
        var (direction, wild) = (new double[Dimension], new double[Dimension]);
        source.Direction(wild);
        var corrupted = Places(source);
        var regrets = new double[estimators.Count];
        for (var t = 0; t < Length; t++)
        {
            if (t > 0 && (long)t * (Jumps + 1) / Length != (long)(t - 1) * (Jumps + 1) / Length)
            {
                source.Direction(direction);
                Add(direction, mean);
            }

            Noise.Fill(source, sample);
            Add(mean, sample);
            if (corrupted.Contains(t))
            {
                for (var i = 0; i < Dimension; i++)
                {
                    sample[i] = CorruptionSize * wild[i];
                }
            }

            for (var e = 0; e < regrets.Length; e++)
            {
                regrets[e] += Distance(estimators[e].Estimate, mean);
                estimators[e].Update(sample);
            }
        }

        return regrets;
    }

    private HashSet<int> Places(SeededNoise source)
    {
        var places = new HashSet<int>();
        while (places.Count < Math.Min(Corruptions, Length))
        {
            places.Add(source.Below(Length));
        }

        return places;
    }

    private static void Add(ReadOnlySpan<double> addend, Span<double> sum)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += addend[i];
        }
    }

    private static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var square = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            square += (left[i] - right[i]) * (left[i] - right[i]);
        }

        return Math.Sqrt(square);
    }
}
