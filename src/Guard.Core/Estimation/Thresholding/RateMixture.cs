namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// A mixture of likelihood ratios of Bernoulli rates r_i = p(1 − 2^(−i/2)), i = 0, 1, …, against rates of at least p, with equal weights.
/// </summary>
/// <remarks>
/// For successes whose conditional probability is at least p each factor has expectation at most 1, so the mixture is a nonnegative supermartingale.
/// </remarks>
internal sealed class RateMixture
{
    private readonly double[] _success;
    private readonly double[] _failure;
    private readonly double _logWeight;

    public RateMixture(double rate, int count)
    {
        _success = new double[count];
        _failure = new double[count];
        _logWeight = -Math.Log(count);
        for (var i = 0; i < count; i++)
        {
            var distance = Math.Pow(2, -i / 2.0);
            _success[i] = Math.Log(1 - distance);
            _failure[i] = Math.Log(1 + (rate * distance / (1 - rate)));
        }
    }

    /// <summary>Logarithm of the mixture after <paramref name="successes"/> of <paramref name="trials"/>; falls as successes grow.</summary>
    public double LogRatio(long successes, long trials)
    {
        var failures = trials - successes;
        var greatest = double.NegativeInfinity;
        Span<double> terms = stackalloc double[_success.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            var term = (successes == 0 ? 0 : successes * _success[i]) + (failures * _failure[i]);
            terms[i] = term;
            greatest = Math.Max(greatest, term);
        }

        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += Math.Exp(term - greatest);
        }

        return greatest + Math.Log(sum) + _logWeight;
    }
}
