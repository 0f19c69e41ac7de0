namespace Guard.Core.Scoring;

/// <content>The tiles: rows × lanes of accumulators, few enough for sixteen vector registers.</content>
internal static unsafe partial class DenseKernel
{
    private static void Tile6x2<TLane, TVector>(float* a0, nint rowStep, nint innerStep, float* b, float* bias, float* c, int inner, nint columns, bool relu)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector c00 = TLane.Load(bias), c01 = TLane.Load(bias + TLane.Width);
        TVector c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
        TVector c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01;
        float* a1 = a0 + rowStep, a2 = a1 + rowStep, a3 = a2 + rowStep, a4 = a3 + rowStep, a5 = a4 + rowStep;
        var end = inner * innerStep;
        for (nint k = 0; k != end; k += innerStep)
        {
            var b0 = TLane.Load(b);
            var b1 = TLane.Load(b + TLane.Width);
            var x = TLane.Broadcast(a0[k]);
            c00 = TLane.MultiplyAdd(x, b0, c00);
            c01 = TLane.MultiplyAdd(x, b1, c01);
            x = TLane.Broadcast(a1[k]);
            c10 = TLane.MultiplyAdd(x, b0, c10);
            c11 = TLane.MultiplyAdd(x, b1, c11);
            x = TLane.Broadcast(a2[k]);
            c20 = TLane.MultiplyAdd(x, b0, c20);
            c21 = TLane.MultiplyAdd(x, b1, c21);
            x = TLane.Broadcast(a3[k]);
            c30 = TLane.MultiplyAdd(x, b0, c30);
            c31 = TLane.MultiplyAdd(x, b1, c31);
            x = TLane.Broadcast(a4[k]);
            c40 = TLane.MultiplyAdd(x, b0, c40);
            c41 = TLane.MultiplyAdd(x, b1, c41);
            x = TLane.Broadcast(a5[k]);
            c50 = TLane.MultiplyAdd(x, b0, c50);
            c51 = TLane.MultiplyAdd(x, b1, c51);
            b += columns;
        }

        if (relu)
        {
            c00 = TLane.Relu(c00);
            c01 = TLane.Relu(c01);
            c10 = TLane.Relu(c10);
            c11 = TLane.Relu(c11);
            c20 = TLane.Relu(c20);
            c21 = TLane.Relu(c21);
            c30 = TLane.Relu(c30);
            c31 = TLane.Relu(c31);
            c40 = TLane.Relu(c40);
            c41 = TLane.Relu(c41);
            c50 = TLane.Relu(c50);
            c51 = TLane.Relu(c51);
        }

        TLane.Store(c00, c);
        TLane.Store(c01, c + TLane.Width);
        TLane.Store(c10, c + columns);
        TLane.Store(c11, c + columns + TLane.Width);
        TLane.Store(c20, c + 2 * columns);
        TLane.Store(c21, c + 2 * columns + TLane.Width);
        TLane.Store(c30, c + 3 * columns);
        TLane.Store(c31, c + 3 * columns + TLane.Width);
        TLane.Store(c40, c + 4 * columns);
        TLane.Store(c41, c + 4 * columns + TLane.Width);
        TLane.Store(c50, c + 5 * columns);
        TLane.Store(c51, c + 5 * columns + TLane.Width);
    }

    private static void Tile6x1<TLane, TVector>(float* a0, nint rowStep, nint innerStep, float* b, float* bias, float* c, int inner, nint columns, bool relu)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector c00 = TLane.Load(bias);
        TVector c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
        float* a1 = a0 + rowStep, a2 = a1 + rowStep, a3 = a2 + rowStep, a4 = a3 + rowStep, a5 = a4 + rowStep;
        var end = inner * innerStep;
        for (nint k = 0; k != end; k += innerStep)
        {
            var b0 = TLane.Load(b);
            var x = TLane.Broadcast(a0[k]);
            c00 = TLane.MultiplyAdd(x, b0, c00);
            x = TLane.Broadcast(a1[k]);
            c10 = TLane.MultiplyAdd(x, b0, c10);
            x = TLane.Broadcast(a2[k]);
            c20 = TLane.MultiplyAdd(x, b0, c20);
            x = TLane.Broadcast(a3[k]);
            c30 = TLane.MultiplyAdd(x, b0, c30);
            x = TLane.Broadcast(a4[k]);
            c40 = TLane.MultiplyAdd(x, b0, c40);
            x = TLane.Broadcast(a5[k]);
            c50 = TLane.MultiplyAdd(x, b0, c50);
            b += columns;
        }

        if (relu)
        {
            c00 = TLane.Relu(c00);
            c10 = TLane.Relu(c10);
            c20 = TLane.Relu(c20);
            c30 = TLane.Relu(c30);
            c40 = TLane.Relu(c40);
            c50 = TLane.Relu(c50);
        }

        TLane.Store(c00, c);
        TLane.Store(c10, c + columns);
        TLane.Store(c20, c + 2 * columns);
        TLane.Store(c30, c + 3 * columns);
        TLane.Store(c40, c + 4 * columns);
        TLane.Store(c50, c + 5 * columns);
    }

    private static void Tile1x4<TLane, TVector>(float* a, nint innerStep, float* b, float* bias, float* c, int inner, nint columns, bool relu)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector c00 = TLane.Load(bias), c01 = TLane.Load(bias + TLane.Width), c02 = TLane.Load(bias + 2 * TLane.Width), c03 = TLane.Load(bias + 3 * TLane.Width);
        var end = inner * innerStep;
        for (nint k = 0; k != end; k += innerStep)
        {
            var x = TLane.Broadcast(a[k]);
            c00 = TLane.MultiplyAdd(x, TLane.Load(b), c00);
            c01 = TLane.MultiplyAdd(x, TLane.Load(b + TLane.Width), c01);
            c02 = TLane.MultiplyAdd(x, TLane.Load(b + 2 * TLane.Width), c02);
            c03 = TLane.MultiplyAdd(x, TLane.Load(b + 3 * TLane.Width), c03);
            b += columns;
        }

        if (relu)
        {
            c00 = TLane.Relu(c00);
            c01 = TLane.Relu(c01);
            c02 = TLane.Relu(c02);
            c03 = TLane.Relu(c03);
        }

        TLane.Store(c00, c);
        TLane.Store(c01, c + TLane.Width);
        TLane.Store(c02, c + 2 * TLane.Width);
        TLane.Store(c03, c + 3 * TLane.Width);
    }

    private static void Tile1x2<TLane, TVector>(float* a, nint innerStep, float* b, float* bias, float* c, int inner, nint columns, bool relu)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector c00 = TLane.Load(bias), c01 = TLane.Load(bias + TLane.Width);
        var end = inner * innerStep;
        for (nint k = 0; k != end; k += innerStep)
        {
            var x = TLane.Broadcast(a[k]);
            c00 = TLane.MultiplyAdd(x, TLane.Load(b), c00);
            c01 = TLane.MultiplyAdd(x, TLane.Load(b + TLane.Width), c01);
            b += columns;
        }

        if (relu)
        {
            c00 = TLane.Relu(c00);
            c01 = TLane.Relu(c01);
        }

        TLane.Store(c00, c);
        TLane.Store(c01, c + TLane.Width);
    }

    private static void Tile1x1<TLane, TVector>(float* a, nint innerStep, float* b, float* bias, float* c, int inner, nint columns, bool relu)
        where TLane : struct, ILane<TVector>
        where TVector : struct
    {
        TVector c00 = TLane.Load(bias);
        var end = inner * innerStep;
        for (nint k = 0; k != end; k += innerStep)
        {
            var x = TLane.Broadcast(a[k]);
            c00 = TLane.MultiplyAdd(x, TLane.Load(b), c00);
            b += columns;
        }

        if (relu)
        {
            c00 = TLane.Relu(c00);
        }

        TLane.Store(c00, c);
    }
}
