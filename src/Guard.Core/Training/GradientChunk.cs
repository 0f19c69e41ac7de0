using System.Runtime.Intrinsics;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>The loss and gradient of a fixed part of a mini-batch, with the memory that one part needs.</summary>
internal sealed unsafe class GradientChunk
{
    /// <summary>The greatest number of clicks in a chunk. Part of the result's definition: sums are taken by chunk.</summary>
    public const int Rows = 128;

    private readonly NetworkShape _shape;
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _h1;
    private readonly AlignedBuffer _h2;
    private readonly AlignedBuffer _d1;
    private readonly AlignedBuffer _d2;
    private readonly AlignedBuffer _d3 = new(Rows);
    private readonly AlignedBuffer _ones = new(Rows);
    private readonly AlignedBuffer _zeros;
    private readonly AlignedBuffer _gradient;

    public GradientChunk(NetworkShape shape)
    {
        _shape = shape;
        _x = new AlignedBuffer(Rows * shape.Inputs);
        _h1 = new AlignedBuffer(Rows * shape.Hidden1);
        _h2 = new AlignedBuffer(Rows * shape.Hidden2);
        _d1 = new AlignedBuffer(Rows * shape.Hidden1);
        _d2 = new AlignedBuffer(Rows * shape.Hidden2);
        _zeros = new AlignedBuffer(Math.Max(shape.Hidden1, shape.Hidden2));
        _gradient = new AlignedBuffer(shape.Length);
        _ones.Span.Fill(1);
    }

    /// <summary>Gets the gradient of the summed weighted loss, in the parameters' layout.</summary>
    public ReadOnlySpan<float> Gradient => _gradient.Span;

    /// <summary>Gets the summed weighted loss.</summary>
    public double Loss { get; private set; }

    /// <summary>Gets the summed weight.</summary>
    public double Weight { get; private set; }

    /// <summary>Computes loss and gradient.</summary>
    /// <param name="data">The standardised training rows.</param>
    /// <param name="rows">At most <see cref="Rows"/> rows.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="weight2Transposed">The second layer, outputs × inputs.</param>
    public void Run(TrainingRows data, ReadOnlySpan<int> rows, AlignedBuffer parameters, AlignedBuffer weight2Transposed)
    {
        int n = rows.Length, inputs = _shape.Inputs, hidden1 = _shape.Hidden1, hidden2 = _shape.Hidden2;
        float* p = parameters.Pointer, g = _gradient.Pointer, x = _x.Pointer, h1 = _h1.Pointer, h2 = _h2.Pointer;
        float* d1 = _d1.Pointer, d2 = _d2.Pointer, d3 = _d3.Pointer, weight3 = p + _shape.Weight3;
        for (var r = 0; r < n; r++)
        {
            data.Features.AsSpan(rows[r] * inputs, inputs).CopyTo(new Span<float>(x + r * inputs, inputs));
        }

        DenseKernel.Multiply(x, inputs, 1, p, p + _shape.Bias1, h1, n, inputs, hidden1, relu: true);
        DenseKernel.Multiply(h1, hidden1, 1, p + _shape.Weight2, p + _shape.Bias2, h2, n, hidden1, hidden2, relu: true);
        for (var r = 0; r < n; r++)
        {
            d3[r] = p[_shape.Bias3] + DenseKernel.Dot(h2 + r * hidden2, weight3, hidden2);
        }

        OutputErrors(data, rows);
        for (var r = 0; r < n; r++)
        {
            for (var k = 0; k < hidden2; k += Vector256<float>.Count)
            {
                Where(h2 + r * hidden2 + k, Vector256.Load(weight3 + k) * d3[r]).Store(d2 + r * hidden2 + k);
            }
        }

        DenseKernel.Multiply(d2, hidden2, 1, weight2Transposed.Pointer, _zeros.Pointer, d1, n, hidden2, hidden1, relu: false);
        for (var i = 0; i < n * hidden1; i += Vector256<float>.Count)
        {
            Where(h1 + i, Vector256.Load(d1 + i)).Store(d1 + i);
        }

        DenseKernel.Multiply(x, 1, inputs, d1, _zeros.Pointer, g, inputs, n, hidden1, relu: false);
        DenseKernel.Multiply(_ones.Pointer, Rows, 1, d1, _zeros.Pointer, g + _shape.Bias1, 1, n, hidden1, relu: false);
        DenseKernel.Multiply(h1, 1, hidden1, d2, _zeros.Pointer, g + _shape.Weight2, hidden1, n, hidden2, relu: false);
        DenseKernel.Multiply(_ones.Pointer, Rows, 1, d2, _zeros.Pointer, g + _shape.Bias2, 1, n, hidden2, relu: false);
        DenseKernel.Multiply(d3, Rows, 1, h2, _zeros.Pointer, g + _shape.Weight3, 1, n, hidden2, relu: false);
        var bias3 = 0f;
        for (var r = 0; r < n; r++)
        {
            bias3 += d3[r];
        }

        g[_shape.Bias3] = bias3;
        GC.KeepAlive(parameters);
        GC.KeepAlive(weight2Transposed);
        GC.KeepAlive(this);
    }

    /// <summary>Replaces log-odds by the loss's slope, weight · (probability − target), and adds up loss and weight.</summary>
    private void OutputErrors(TrainingRows data, ReadOnlySpan<int> rows)
    {
        var d3 = _d3.Span[..rows.Length];
        Loss = 0;
        Weight = 0;
        for (var r = 0; r < d3.Length; r++)
        {
            var weight = data.Weights[rows[r]];
            Loss += weight * Logistic.Loss(d3[r], data.Robot[rows[r]]);
            Weight += weight;
        }

        Logistic.ProbabilitiesInPlace(d3);
        for (var r = 0; r < d3.Length; r++)
        {
            d3[r] = data.Weights[rows[r]] * (d3[r] - (data.Robot[rows[r]] ? 1 : 0));
        }
    }

    /// <summary>The slope of ReLU: a value where the activation is positive, else 0.</summary>
    private static Vector256<float> Where(float* activation, Vector256<float> value) =>
        Vector256.GreaterThan(Vector256.Load(activation), Vector256<float>.Zero) & value;
}
