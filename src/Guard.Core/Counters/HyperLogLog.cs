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

    public static int Register(uint fingerprint) => (int)(fingerprint >> (32 - RegisterBits));

    /// <summary>The rank, 1 to 16: one more than the zeros that lead the bits after the register's, the last rank taking the rest.</summary>
    public static int Rank(uint fingerprint) =>
        Math.Min(BitOperations.LeadingZeroCount((fingerprint << RegisterBits) | 1) + 1, Ranks);

    /// <summary>Estimates a number of distinct values.</summary>
    /// <param name="histogram">How many registers have each rank, 0 (empty) to 16; 17 numbers that add up to 128.</param>
    public static float Estimate(ReadOnlySpan<byte> histogram)
    {
        if (histogram[0] == Registers)
        {
            return 0;
        }

        var z = Registers * Tau(1 - histogram[Ranks] / (double)Registers);
        for (var rank = Ranks - 1; rank >= 1; rank--)
        {
            z = 0.5 * (z + histogram[rank]);
        }

        z += Registers * Sigma(histogram[0] / (double)Registers);
        return (float)Math.Min(Most, Registers * (double)Registers / (2 * 0.693147180559945309417232 * z));
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
