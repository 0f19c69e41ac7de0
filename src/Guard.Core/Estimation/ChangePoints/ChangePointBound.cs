namespace Guard.Core.Estimation;

/// <summary>
/// The bound B(t, δ) on a clipped-SGD mean's squared error that the change-point algorithm of Sankararaman and Narayanaswamy
/// (UAI 2023) fires on, with its rates. Two sets of constants are published: the proved one and the one of the experiments.
/// </summary>
/// <remarks>
/// The experiments' formula (eq. 9) is printed with (t + 1) under γ²G²; only (t + 1)², as in eq. 5, detects the changes that
/// the paper reports, and that is what stands here. With it and no change at all, the experiments' constants raise more
/// false alarms than δ allows, so a factor on C_t can be given.
/// </remarks>
public sealed record ChangePointBound
{
    // The summands of B: of the start, of the clipped noise, and of the martingale; then the two arguments of C_t's maximum.
    private readonly double _start;
    private readonly double _clipVariance;
    private readonly double _martingale;
    private readonly double _floor;
    private readonly double _slope;

    private ChangePointBound(double sigma, double diameter, double factor, bool proved)
    {
        Guards.FinitePositive(sigma);
        Guards.FinitePositive(diameter);
        Guards.FinitePositive(factor);
        (Sigma, Diameter, Factor) = (sigma, diameter, factor);
        ClipLevel = 2 * diameter;
        var (variance, spread, square) = (sigma * sigma, sigma * (sigma + 1), ClipLevel * ClipLevel);
        Gamma = proved ? Math.Max(120 * ClipLevel * spread, (320 * variance) + 1) : Math.Max(4 * ClipLevel * spread, (8 * variance) + 1);
        _start = Gamma * Gamma * diameter * diameter;
        _clipVariance = proved ? (16 * variance / ClipLevel) + (4 * variance) : (2 * variance / ClipLevel) + variance;
        _martingale = (proved ? 96 : 2) * square * spread;
        _floor = (proved ? 1024 : 0.5) * variance * variance / (diameter * diameter * square);
        _slope = (proved ? 8 : 1) * ClipLevel / (Gamma * Gamma * diameter);
    }

    /// <summary>Gets σ, a bound on the root of E‖X − θ*‖².</summary>
    public double Sigma { get; }

    /// <summary>Gets G, a bound on the norm of the mean.</summary>
    public double Diameter { get; }

    /// <summary>Gets the factor on C_t.</summary>
    public double Factor { get; }

    /// <summary>Gets λ = 2G.</summary>
    public double ClipLevel { get; }

    /// <summary>Gets γ, the offset of the rate 2/(t + γ).</summary>
    public double Gamma { get; }

    /// <summary>The constants of the proof (eq. 5), with m = 1.</summary>
    /// <param name="sigma">σ, above 0.</param>
    /// <param name="diameter">G, above 0.</param>
    public static ChangePointBound Proved(double sigma, double diameter) => new(sigma, diameter, 1, proved: true);

    /// <summary>The constants of the paper's experiments (eq. 9 with the denominator mended), with m = 1.</summary>
    /// <param name="sigma">σ, above 0; 1 in the paper.</param>
    /// <param name="diameter">G, above 0; 12 in the paper.</param>
    /// <param name="factor">The factor on C_t; 1 is the paper's.</param>
    public static ChangePointBound Experiments(double sigma = 1, double diameter = 12, double factor = 1) => new(sigma, diameter, factor, proved: false);

    /// <summary>Returns the estimator's rate at its t-th sample.</summary>
    /// <param name="sample">t, from 1.</param>
    public double Rate(long sample) => 2 / (sample + Gamma);

    /// <summary>Returns B(t, δ); infinite at t = 0, where nothing is known.</summary>
    /// <param name="t">How many samples less one the estimate rests on.</param>
    /// <param name="confidence">δ, between 0 and 1.</param>
    public double At(long t, double confidence) =>
        t < 1 ? double.PositiveInfinity : At(TermsAt(t), -Math.Log(confidence));

    /// <summary>Returns what B(t, ·) needs of t.</summary>
    internal Terms TermsAt(long t)
    {
        if (t < 1)
        {
            return new Terms(double.MaxValue, 0, 0);
        }

        var after = t + 1.0;
        return new Terms(
            (_start / (after * after)) + (_clipVariance / (2 * after)),
            _martingale / ((t + Gamma) * Math.Sqrt(after)),
            Math.Log(2.0 * t * t * after));
    }

    internal double At(in Terms terms, double logInverseConfidence)
    {
        var log = terms.Log + logInverseConfidence;
        return Factor * Math.Max(_floor, _slope * Math.Sqrt(log)) * (terms.Fixed + (terms.PerLog * log));
    }

    /// <summary>The summands of B that stand alone, the one that L multiplies, and L less ln(1/δ).</summary>
    internal readonly record struct Terms(double Fixed, double PerLog, double Log);
}
