using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Counters;

/// <summary>
/// A logarithm and a power of two in plain IEEE additions, multiplications and divisions, so that readings are the same
/// bytes on every machine, which a platform's C library does not promise; they are also cheaper than its calls.
/// </summary>
internal static class ElementaryFunctions
{
    private const long HalfRoot = 0x3FE6A09E667F3BCD;
    private const double TwoTo52 = 1L << 52;
    private const double Ln2 = 0.693147180559945309417232;
    private static readonly float[] s_logarithms = Table();

    /// <summary>ln(x) for a positive normal x, with a relative error below 3e-9 before it is rounded to a float.</summary>
    /// <remarks>x = 2^e·m with m in [√½, √2), and ln m = 2 artanh((m−1)/(m+1)) by its series up to the ninth power.</remarks>
    public static float Ln(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (bits - HalfRoot) >> 52;
        var m = BitConverter.Int64BitsToDouble(bits - (exponent << 52));
        var s = (m - 1) / (m + 1);
        var square = s * s;
        var series = 1 + square * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square * (1.0 / 9))));
        return (float)(exponent * Ln2 + 2 * s * series);
    }

    /// <summary><see cref="Ln(double)"/> of four values of at least √½, to the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Ln(Vector256<double> x)
    {
        var bits = x.AsUInt64();
        var exponent = Vector256.ShiftRightLogical(bits - Vector256.Create((ulong)HalfRoot), 52);
        var m = (bits - Vector256.ShiftLeft(exponent, 52)).AsDouble();

        // A whole number below 2^52 in the fraction of 2^52 is that number more.
        var power = (exponent | Vector256.Create(TwoTo52).AsUInt64()).AsDouble() - Vector256.Create(TwoTo52);
        var one = Vector256<double>.One;
        var s = (m - one) / (m + one);
        var square = s * s;
        var series = one + square * (Vector256.Create(1.0 / 3) + square * (Vector256.Create(1.0 / 5) + square * (Vector256.Create(1.0 / 7) + square * Vector256.Create(1.0 / 9))));
        var logarithm = power * Vector256.Create(Ln2) + Vector256.Create(2.0) * s * series;
        return Vector128.Narrow(logarithm.GetLower(), logarithm.GetUpper());
    }

    /// <summary>ln(1 + n) for a count n ≥ 0; small counts come from a table of the same values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LnOnePlus(int n)
    {
        var table = s_logarithms;
        return (uint)n < (uint)table.Length ? table[n] : Ln(1.0 + n);
    }

    /// <summary><see cref="Power2"/> rounded to a float.</summary>
    public static float Exp2(double x) => (float)Power2(x);

    /// <summary>2^x for x ≤ 0, with a relative error below 1e-8, and below 1e-15 for |x| below 0.01; 0 below 2^−126.</summary>
    /// <remarks>x = k + f with |f| ≤ ½, and 2^f by the Taylor series of exp(f ln 2) up to the seventh power.</remarks>
    public static double Power2(double x)
    {
        if (x < -126)
        {
            return 0;
        }

        var k = (int)(x - 0.5);
        var f = (x - k) * Ln2;
        var series = 1 + f * (1 + f * (1.0 / 2 + f * (1.0 / 6 + f * (1.0 / 24 + f * (1.0 / 120 + f * (1.0 / 720 + f * (1.0 / 5040)))))));
        return series * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
    }

    private static float[] Table()
    {
        var table = new float[1024];
        for (var n = 0; n < table.Length; n++)
        {
            table[n] = Ln(1.0 + n);
        }

        return table;
    }
}
