namespace Guard.Simulation.Experiments;

/// <summary>Noise of mean 0 and, but for <see cref="None"/>, with E‖z‖² = 1 in any dimension.</summary>
public abstract record Noise
{
    private Noise()
    {
    }

    /// <summary>Gets no noise at all, which shows the cost of drift or of corruption alone.</summary>
    public static Noise None { get; } = new Silence();

    /// <summary>Gets Gaussian noise with covariance I/d.</summary>
    public static Noise Gaussian { get; } = new GaussianNoise();

    /// <summary>A uniform direction times a Pareto radius: symmetric and heavy-tailed.</summary>
    /// <param name="tail">The tail's exponent, above 2.</param>
    public static Noise IsotropicPareto(double tail) => new ParetoNoise(Checked(tail));

    /// <summary>A Pareto number less its mean in every coordinate: heavy-tailed on one side only.</summary>
    /// <param name="tail">The tail's exponent, above 2.</param>
    public static Noise SkewedPareto(double tail) => new SkewedNoise(Checked(tail));

    /// <summary>Fills a span with one draw.</summary>
    public abstract void Fill(SeededNoise source, Span<double> sample);

    private static double Checked(double tail)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tail, 2);
        return tail;
    }

    private sealed record Silence : Noise
    {
        public override void Fill(SeededNoise source, Span<double> sample) => sample.Clear();
    }

    private sealed record GaussianNoise : Noise
    {
        public override void Fill(SeededNoise source, Span<double> sample)
        {
            var scale = 1 / Math.Sqrt(sample.Length);
            foreach (ref var value in sample)
            {
                value = scale * source.Gaussian();
            }
        }
    }

    private sealed record ParetoNoise(double Tail) : Noise
    {
        public override void Fill(SeededNoise source, Span<double> sample)
        {
            // E r² = tail/(tail − 2) at least value 1.
            var radius = source.Pareto(Tail) * Math.Sqrt((Tail - 2) / Tail);
            source.Direction(sample);
            foreach (ref var value in sample)
            {
                value *= radius;
            }
        }
    }

    private sealed record SkewedNoise(double Tail) : Noise
    {
        public override void Fill(SeededNoise source, Span<double> sample)
        {
            var mean = Tail / (Tail - 1);
            var scale = 1 / Math.Sqrt(sample.Length * Tail / ((Tail - 1) * (Tail - 1) * (Tail - 2)));
            foreach (ref var value in sample)
            {
                value = scale * (source.Pareto(Tail) - mean);
            }
        }
    }
}
