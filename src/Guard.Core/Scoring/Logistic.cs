using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Scoring;

/// <summary>The logistic function and what goes with it.</summary>
internal static class Logistic
{
    /// <summary>Replaces log-odds by probabilities, 1 / (1 + e⁻ᶻ). A value's bits do not depend on its neighbours.</summary>
    [SkipLocalsInit]
    public static void ProbabilitiesInPlace(Span<float> logits)
    {
        var whole = logits.Length - logits.Length % Vector256<float>.Count;
        for (var i = 0; i < whole; i += Vector256<float>.Count)
        {
            Probability(Vector256.Create<float>(logits[i..])).CopyTo(logits[i..]);
        }

        if (whole < logits.Length)
        {
            Span<float> rest = stackalloc float[Vector256<float>.Count];
            rest.Clear();
            logits[whole..].CopyTo(rest);
            Probability(Vector256.Create<float>(rest)).CopyTo(rest);
            rest[..(logits.Length - whole)].CopyTo(logits[whole..]);
        }
    }

    /// <summary>ln(1 + eᶻ) − y·z: the cross-entropy of the label y ∈ {0, 1} under log-odds z, without overflow.</summary>
    public static double Loss(double logit, bool positive) =>
        Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit))) - (positive ? logit : 0);

    /// <summary>Adds up eight lanes in a fixed tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> value)
    {
        var four = value.GetLower() + value.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.GetElement(0) + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Probability(Vector256<float> logit) =>
        Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-logit));
}
