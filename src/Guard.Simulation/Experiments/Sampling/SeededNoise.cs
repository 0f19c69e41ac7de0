namespace Guard.Simulation.Experiments;

/// <summary>A source of random numbers for experiments: the same seed and stream give the same numbers on every machine.</summary>
/// <param name="seed">The experiment's seed.</param>
/// <param name="stream">Which stream: a run, or a run of a setting.</param>
public sealed class SeededNoise(ulong seed, int stream)
{
    private SeededRandom _random = SeededRandom.Of(seed, "experiment", stream);
    private double _spare = double.NaN;

    /// <summary>Returns a number uniform on (0, 1].</summary>
    public double Uniform() => _random.UniformAboveZero();

    /// <summary>Returns an integer uniform on [0, bound).</summary>
    public int Below(int bound) => _random.Index(bound);

    /// <summary>Returns a standard normal number, by Marsaglia's polar method, which gives two at a time.</summary>
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
}
