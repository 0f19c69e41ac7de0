using MathNet.Numerics;

namespace Guard.Core.Estimation.Thresholding;

/// <summary>An upper bound on the tail of a binomial distribution.</summary>
internal static class BinomialTail
{
    /// <summary>
    /// Logarithm of a bound on P(Bin(trials, rate) ≥ successes), 0 where successes are not above their expectation.
    /// </summary>
    /// <remarks>
    /// Feller, An Introduction to Probability Theory, vol. 1, VI.3: the tail is at most b(r) · r(1 − p)/(r − np), b the probability of exactly r.
    /// </remarks>
    public static double LogBound(int successes, int trials, double rate)
    {
        var excess = successes - (trials * rate);
        if (excess <= 0)
        {
            return 0;
        }

        var exactly = SpecialFunctions.BinomialLn(trials, successes) + (successes * Math.Log(rate)) + ((trials - successes) * Math.Log(1 - rate));
        return Math.Min(0, exactly + Math.Log(successes * (1 - rate) / excess));
    }
}
