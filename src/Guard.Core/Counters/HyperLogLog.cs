using System.Numerics;

namespace Guard.Core.Counters;

/// <summary>HyperLogLog over 32-bit fingerprints with 128 registers and ranks up to 16.</summary>
/// <remarks>
/// The estimator is the improved raw one of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches"
/// (arXiv:1702.01284, algorithm 6): it needs no switch to linear counting and no table of bias.
/// </remarks>
internal static class HyperLogLog
{
    public const int RegisterBits = 7;
    public const int Registers = 1 << RegisterBits;
    public const int Ranks = 16;

    /// <summary>Estimates never exceed this.</summary>
    public const float Most = 1 << 24;

    private const double Ln2 = 0.693147180559945309417232;

    // Both functions of the estimator take no more than 129 arguments.
    private static readonly double[] s_sigma = [.. Enumerable.Range(0, Registers).Select(static empty => Sigma(empty / (double)Registers))];
    private static readonly double[] s_tau = [.. Enumerable.Range(0, Registers + 1).Select(static full => Tau(1 - full / (double)Registers))];

    public static int Register(uint fingerprint) => (int)(fingerprint >> (32 - RegisterBits));

    /// <summary>The rank, 1 to 16: one more than the zeros that lead the bits after the register's, the last rank taking the rest.</summary>
    public static int Rank(uint fingerprint) =>
        Math.Min(BitOperations.LeadingZeroCount((fingerprint << RegisterBits) | 1) + 1, Ranks);

    /// <summary>Estimates a number of distinct values.</summary>
    /// <param name="sum">The sum of 2^(15−rank) over the registers of rank 1 to 15, which is exact.</param>
    /// <param name="empty">How many registers are empty.</param>
    /// <param name="full">How many registers have the last rank, 16.</param>
    public static float Estimate(int sum, int empty, int full)
    {
        if (empty == Registers)
        {
            return 0;
        }

        var z = (sum + Registers * s_tau[full]) / (1 << (Ranks - 1)) + Registers * s_sigma[empty];
        return (float)Math.Min(Most, Registers * (double)Registers / (2 * Ln2 * z));
    }

    private static double Sigma(double x)
    {
        double before, y = 1, z = x;
        do
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        while (z != before);

        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double before, y = 1, z = 1 - x;
        do
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != before);

        return z / 3;
    }
}
