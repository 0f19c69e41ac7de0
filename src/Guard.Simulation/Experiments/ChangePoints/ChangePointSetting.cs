namespace Guard.Simulation.Experiments.ChangePoints;

/// <summary>A stream of 1600 samples whose mean changes at 400, 800 and 1200, and what others report on it.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Dimension">The number of coordinates.</param>
/// <param name="Gap">The norm of each change of the mean, there and back again.</param>
/// <param name="Noise">The noise around the mean, or null for zeros and ones.</param>
/// <param name="Ones">The share of ones before the first change where there is no noise; 1 less it after.</param>
/// <param name="Published">The regret of Table 1 of Sankararaman and Narayanaswamy (UAI 2023), a median of 30 runs.</param>
/// <param name="ImprovedGlr">The regret of Improved-GLR in the same table.</param>
/// <param name="BayesianOnline">The regret of R-BOCPD in the same table, where given.</param>
public sealed record ChangePointSetting(
    string Name,
    int Dimension,
    double Gap,
    Noise? Noise,
    double Ones,
    double Published,
    double ImprovedGlr,
    double? BayesianOnline)
{
    /// <summary>The length of a stream.</summary>
    public const int Length = 1600;

    /// <summary>The number of samples between changes.</summary>
    public const int Segment = 400;

    /// <summary>Gets the ten settings of the published table. Noise is scaled to E‖z‖² = 1, as the bound's σ = 1 asks.</summary>
    public static IReadOnlyList<ChangePointSetting> Table { get; } =
    [
        new("Normal d=1 gap 1", 1, 1, Noise.Gaussian, 0, 274, 64, null),
        new("Normal d=32 gap 1", 32, 1, Noise.Gaussian, 0, 300, 2400, null),
        new("Normal d=1 gap .5", 1, 0.5, Noise.Gaussian, 0, 694, 356, null),
        new("Normal d=32 gap .5", 32, 0.5, Noise.Gaussian, 0, 1427, 2400, null),
        new("Pareto(2.01) d=1 gap 1", 1, 1, Noise.IsotropicPareto(2.01), 0, 296, 19913, null),
        new("Pareto(2.01) d=32 gap 1", 32, 1, Noise.IsotropicPareto(2.01), 0, 302, 1616, null),
        new("Pareto(2.01) d=1 gap .5", 1, 0.5, Noise.IsotropicPareto(2.01), 0, 868, 1891, null),
        new("Pareto(2.01) d=32 gap .5", 32, 0.5, Noise.IsotropicPareto(2.01), 0, 1431, 1667, null),
        new("Bernoulli .85 to .15", 1, 0.7, null, 0.85, 515, 181, 23),
        new("Bernoulli .7 to .3", 1, 0.4, null, 0.7, 1509, 1466, 63),
    ];

    /// <summary>Draws one sample.</summary>
    /// <param name="source">The randomness.</param>
    /// <param name="changed">Whether the mean is the one after an odd number of changes.</param>
    /// <param name="sample">Receives the sample.</param>
    public void Fill(SeededNoise source, bool changed, Span<double> sample)
    {
        if (Noise is null)
        {
            sample[0] = source.Uniform() < (changed ? 1 - Ones : Ones) ? 1 : 0;
            return;
        }

        Noise.Fill(source, sample);
        if (changed)
        {
            var shift = Gap / Math.Sqrt(sample.Length);
            foreach (ref var value in sample)
            {
                value += shift;
            }
        }
    }
}
