using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Scoring;

/// <summary>
/// The one matrix product behind scoring, explaining and training: C = bias + A·B, then optionally ReLU, with vector lanes
/// over the columns of B and tiles of accumulators held in registers.
/// </summary>
/// <remarks>
/// Every element of C is a chain of fused multiply-adds that starts at the bias and runs over the inner index in order,
/// whatever tile or lane width computes it. So a row's bits depend neither on the rows beside it nor on the processor.
/// </remarks>
internal static unsafe partial class DenseKernel
{
    /// <summary>Columns of B and C are padded with zeros to a multiple of this, the widest lane.</summary>
    public const int Padding = 16;

    /// <summary>Gets a width rounded up to the padding.</summary>
    public static int Padded(int width) => (width + Padding - 1) / Padding * Padding;

    /// <summary>C[m, n] = f(bias[n] + Σₖ A[m, k]·B[k, n]).</summary>
    /// <param name="a">A, whose element (m, k) lies at m·<paramref name="rowStep"/> + k·<paramref name="innerStep"/>.</param>
    /// <param name="rowStep">The step from row to row of A; swapped with the next, it reads A transposed.</param>
    /// <param name="innerStep">The step along the inner index of A.</param>
    /// <param name="b">B, <paramref name="inner"/> × <paramref name="columns"/>, row-major.</param>
    /// <param name="bias">What the sums start at, one a column.</param>
    /// <param name="c">C, <paramref name="rows"/> × <paramref name="columns"/>, row-major, written; may not overlap A or B.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="inner">The columns of A and rows of B.</param>
    /// <param name="columns">The columns of B and C, a multiple of <see cref="Padding"/>.</param>
    /// <param name="relu">Whether f is max(·, 0) or the identity.</param>
    public static void Multiply(float* a, nint rowStep, nint innerStep, float* b, float* bias, float* c, int rows, int inner, int columns, bool relu)
    {
        // Where a processor slows down under 512-bit work, the runtime reports it as not accelerated.
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Lane512, Vector512<float>>(a, rowStep, innerStep, b, bias, c, rows, inner, columns, relu);
        }
        else
        {
            Multiply<Lane256, Vector256<float>>(a, rowStep, innerStep, b, bias, c, rows, inner, columns, relu);
        }
    }

    /// <summary>The scalar product of two vectors whose length is a multiple of <see cref="Padding"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(float* left, float* right, int length)
    {
        Vector256<float> even = Vector256<float>.Zero, odd = even;
        for (var i = 0; i < length; i += 2 * Vector256<float>.Count)
        {
            even = Vector256.FusedMultiplyAdd(Vector256.Load(left + i), Vector256.Load(right + i), even);
            odd = Vector256.FusedMultiplyAdd(Vector256.Load(left + i + 8), Vector256.Load(right + i + 8), odd);
        }

        return Logistic.Sum(even + odd);
    }

    /// <summary>The product with lanes of a given width.</summary>
    internal static void Multiply<TLane, TVector>(float* a, nint rowStep, nint innerStep, float* b, float* bias, float* c, int rows, int inner, int columns, bool relu)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        var column = 0;
        if (rows >= 6)
        {
            for (; column <= columns - 2 * TLane.Width; column += 2 * TLane.Width)
            {
                // The last tile ends at the last row: it may compute some rows twice, to the same bits.
                for (var done = 0; done < rows; done += 6)
                {
                    var row = Math.Min(done, rows - 6);
                    Tile6x2<TLane, TVector>(a + row * rowStep, rowStep, innerStep, b + column, bias + column, c + row * columns + column, inner, columns, relu);
                }
            }

            for (; column < columns; column += TLane.Width)
            {
                for (var done = 0; done < rows; done += 6)
                {
                    var row = Math.Min(done, rows - 6);
                    Tile6x1<TLane, TVector>(a + row * rowStep, rowStep, innerStep, b + column, bias + column, c + row * columns + column, inner, columns, relu);
                }
            }

            return;
        }

        for (var row = 0; row < rows; row++)
        {
            float* x = a + row * rowStep, y = c + row * columns;
            for (column = 0; column <= columns - 4 * TLane.Width; column += 4 * TLane.Width)
            {
                Tile1x4<TLane, TVector>(x, innerStep, b + column, bias + column, y + column, inner, columns, relu);
            }

            if (column <= columns - 2 * TLane.Width)
            {
                Tile1x2<TLane, TVector>(x, innerStep, b + column, bias + column, y + column, inner, columns, relu);
                column += 2 * TLane.Width;
            }

            if (column < columns)
            {
                Tile1x1<TLane, TVector>(x, innerStep, b + column, bias + column, y + column, inner, columns, relu);
            }
        }
    }
}
