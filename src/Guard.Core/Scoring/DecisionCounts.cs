using Guard.Core.Clicks;

namespace Guard.Core.Scoring;

/// <summary>Counts decisions by verdict and by the slice of device and login, for metrics: few enough to be tags.</summary>
public sealed class DecisionCounts
{
    private const int Verdicts = 3;
    private readonly long[] _counts = new long[Slice.InnerCount * Verdicts];

    /// <summary>Adds decisions.</summary>
    public void Add(ReadOnlySpan<Decision> decisions)
    {
        foreach (ref readonly var decision in decisions)
        {
            _counts[decision.Slice.Parent.Code * Verdicts + (int)decision.Verdict]++;
        }
    }

    /// <summary>Hands out every count that is not 0, and begins anew.</summary>
    /// <param name="take">Gets the slice, such as <c>mobile/in</c>, the verdict and the count.</param>
    public void Drain(Action<Slice, Verdict, long> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] > 0)
            {
                take(Slice.FromCode(index / Verdicts), (Verdict)(index % Verdicts), _counts[index]);
                _counts[index] = 0;
            }
        }
    }
}
