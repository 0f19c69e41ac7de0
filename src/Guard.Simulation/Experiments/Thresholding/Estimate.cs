namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>A mean over runs with the half-width of its 95 % interval (normal approximation).</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">1.96 standard errors; 0 for a single run.</param>
public readonly record struct Estimate(double Mean, double HalfWidth)
{
    /// <summary>Estimates from one value a run.</summary>
    public static Estimate Of(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new Estimate(mean, values.Length < 2 ? 0 : 1.96 * Math.Sqrt(squares / (values.Length - 1) / values.Length));
    }
}
