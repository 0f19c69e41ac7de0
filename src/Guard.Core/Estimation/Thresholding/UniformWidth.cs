namespace Guard.Core.Estimation.Thresholding;

/// <summary>The published half-width of a confidence sequence for quantiles (Sun, Sankararaman and Narayanaswamy, ICML 2024).</summary>
public static class UniformWidth
{
    /// <summary>u_n(α) = 0.85 √((log log(en) + 0.8 log(1612/α))/n), and u_0 = 1.</summary>
    /// <param name="n">Number of values, at least 0.</param>
    /// <param name="alpha">Probability of ever missing, in (0, 1).</param>
    public static double Of(long n, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return n == 0 ? 1 : 0.85 * Math.Sqrt((Math.Log(Math.Log(Math.E * n)) + (0.8 * Math.Log(1612 / alpha))) / n);
    }
}
