namespace Guard.Simulation.Experiments;

/// <summary>
/// A source of random numbers for experiments: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). The same seed and stream
/// give the same numbers on every machine, and streams of one seed are independent for all purposes here.
/// </summary>
/// <param name="seed">The experiment's seed.</param>
/// <param name="stream">Which stream: a run, or a run of a setting.</param>
public sealed class SeededNoise(long seed, long stream)
{
    private ulong _state = Mix(unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ Mix(unchecked((ulong)stream + 0xD1B54A32D192ED03UL)));
    private double _spare = double.NaN;

    /// <summary>Returns a number uniform on (0, 1).</summary>
    public double Uniform() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Returns an integer uniform on [0, bound).</summary>
    public int Below(int bound) => (int)(((UInt128)Next() * (ulong)bound) >> 64);

    /// <summary>Returns a standard normal number, by Marsaglia's polar method.</summary>
    public double Gaussian()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            (x, y) = ((2 * Uniform()) - 1, (2 * Uniform()) - 1);
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * factor;
        return x * factor;
    }

    /// <summary>Returns a Pareto number of least value 1: P(X &gt; x) = x^(−tail).</summary>
    /// <param name="tail">The tail's exponent, above 0.</param>
    public double Pareto(double tail) => Math.Pow(Uniform(), -1 / tail);

    /// <summary>Fills a span with a direction uniform on the unit sphere.</summary>
    public void Direction(Span<double> direction)
    {
        double square;
        do
        {
            square = 0;
            foreach (ref var value in direction)
            {
                value = Gaussian();
                square += value * value;
            }
        }
        while (square == 0);

        var factor = 1 / Math.Sqrt(square);
        foreach (ref var value in direction)
        {
            value *= factor;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }
}
