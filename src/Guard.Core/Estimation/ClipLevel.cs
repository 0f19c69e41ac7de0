namespace Guard.Core.Estimation;

/// <summary>The greatest gradient norm λ that an estimator follows in full; a longer gradient is shortened to it.</summary>
public abstract record ClipLevel
{
    private ClipLevel()
    {
    }

    /// <summary>Gets no clipping: plain stochastic gradient descent, for comparison. One wild sample moves it at will.</summary>
    public static ClipLevel None { get; } = new Schedule(double.PositiveInfinity, 0);

    /// <summary>A level that never changes. On skewed noise it leaves a bias that does not shrink.</summary>
    /// <param name="level">λ, above 0.</param>
    public static ClipLevel Constant(double level)
    {
        Guards.FinitePositive(level);
        return new Schedule(level, 0);
    }

    /// <summary>The level scale·T^exponent; 2σT^(1/4) balances the bias 4σ²/λ against the noise ηλ.</summary>
    /// <param name="scale">The factor, in units of the gradient, above 0.</param>
    /// <param name="exponent">The exponent, not negative.</param>
    public static ClipLevel HorizonPower(double scale, double exponent)
    {
        Guards.FinitePositive(scale);
        Guards.FiniteNotNegative(exponent);
        return new Schedule(scale, exponent);
    }

    /// <summary>
    /// A level that needs no scale from the user: multiplier·T^growth times a quantile of the last gradient norms, after
    /// Merad and Gaïffas (arXiv 2309.17316). Until a few norms are known the parameters are held. The growth and the default
    /// numbers are Guard's: a growth above 0 lets the bias of skewed noise shrink as the horizon grows. After a constant
    /// stretch the quantile is 0, and a shift is followed once enough of the window differs: half of it at the median.
    /// </summary>
    /// <param name="level">Which quantile, between 0 and 1.</param>
    /// <param name="multiplier">The factor on the quantile, above 0.</param>
    /// <param name="growth">The exponent of the horizon, not negative.</param>
    /// <param name="window">How many norms are remembered, from 8 to 65,536.</param>
    public static ClipLevel RollingQuantile(double level = 0.5, double multiplier = 2, double growth = 0.25, int window = 64)
    {
        Guards.OpenUnit(level);
        Guards.FinitePositive(multiplier);
        Guards.FiniteNotNegative(growth);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, 65_536);
        return new Rolling(level, multiplier, growth, window);
    }

    internal sealed record Schedule(double Scale, double Exponent) : ClipLevel
    {
        public double At(long horizon) => Scale * Math.Pow(horizon, Exponent);
    }

    internal sealed record Rolling(double Level, double Multiplier, double Growth, int Window) : ClipLevel;
}
