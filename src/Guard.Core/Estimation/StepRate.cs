namespace Guard.Core.Estimation;

/// <summary>The step size η of an estimator as a function of the step t and of the horizon T.</summary>
public abstract record StepRate
{
    private StepRate()
    {
    }

    /// <summary>Gets whether the rate moves at every step, not only with the horizon.</summary>
    internal virtual bool MovesEveryStep => false;

    /// <summary>A rate that never changes: under it the error settles near σ√(η/2), and never shrinks below.</summary>
    /// <param name="rate">η, above 0.</param>
    public static StepRate Constant(double rate)
    {
        Guards.FinitePositive(rate);
        return new ConstantRate(rate);
    }

    /// <summary>
    /// The rate scale·T^(−exponent), constant within a horizon T. With an exponent of 2/3 no knowledge of the drift is needed;
    /// an exponent below 1 is what sublinear regret under drift asks for.
    /// </summary>
    /// <param name="exponent">α, between 0 and 1.</param>
    /// <param name="scale">The factor, above 0.</param>
    public static StepRate HorizonPower(double exponent, double scale = 1)
    {
        Guards.OpenUnit(exponent);
        Guards.FinitePositive(scale);
        return new HorizonPowerRate(exponent, scale);
    }

    /// <summary>
    /// The decaying rate scale/(t + offset) of stochastic approximation, t from 1. It cannot follow drift. The change-point
    /// estimator of Sankararaman and Narayanaswamy (UAI 2023) is scale 2/m and offset γ.
    /// </summary>
    /// <param name="scale">The factor, above 0.</param>
    /// <param name="offset">What is added to t, not negative.</param>
    public static StepRate InverseTime(double scale = 1, double offset = 0)
    {
        Guards.FinitePositive(scale);
        Guards.FiniteNotNegative(offset);
        return new InverseTimeRate(scale, offset);
    }

    /// <summary>Returns η at a step.</summary>
    /// <param name="iteration">t, from 1.</param>
    /// <param name="horizon">T, at least <paramref name="iteration"/>.</param>
    public abstract double At(long iteration, long horizon);

    private sealed record ConstantRate(double Rate) : StepRate
    {
        public override double At(long iteration, long horizon) => Rate;
    }

    private sealed record HorizonPowerRate(double Exponent, double Scale) : StepRate
    {
        public override double At(long iteration, long horizon) => Scale * Math.Pow(horizon, -Exponent);
    }

    private sealed record InverseTimeRate(double Scale, double Offset) : StepRate
    {
        internal override bool MovesEveryStep => true;

        public override double At(long iteration, long horizon) => Scale / (iteration + Offset);
    }
}
