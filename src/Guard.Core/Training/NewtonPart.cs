using System.Numerics.Tensors;
using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>Loss, gradient and Hessian of the logistic loss over a fixed part of the rows; the first coefficient is the bias.</summary>
internal sealed class NewtonPart(TrainingRows data, int width, int first, int end)
{
    private readonly double[] _x = new double[width + 1];

    /// <summary>Gets the summed weighted loss at the coefficients last measured.</summary>
    public double Loss { get; private set; }

    /// <summary>Gets the gradient of the summed weighted loss.</summary>
    public double[] Gradient { get; } = new double[width + 1];

    /// <summary>Gets the upper triangle of the Hessian, row-major.</summary>
    public double[] Hessian { get; } = new double[(width + 1) * (width + 1)];

    public void Measure(ReadOnlySpan<double> beta)
    {
        Loss = 0;
        for (var row = first; row < end; row++)
        {
            Load(row);
            Loss += data.Weights[row] * Logistic.Loss(TensorPrimitives.Dot(beta, _x), data.Robot[row]);
        }
    }

    public void Differentiate(ReadOnlySpan<double> beta)
    {
        Array.Clear(Gradient);
        Array.Clear(Hessian);
        for (var row = first; row < end; row++)
        {
            Load(row);
            var p = 1 / (1 + Math.Exp(-TensorPrimitives.Dot(beta, _x)));
            TensorPrimitives.MultiplyAdd(_x, data.Weights[row] * (p - (data.Robot[row] ? 1 : 0)), Gradient, Gradient);
            var curvature = data.Weights[row] * p * (1 - p);
            for (var i = 0; i < _x.Length; i++)
            {
                var line = Hessian.AsSpan(i * _x.Length + i, _x.Length - i);
                TensorPrimitives.MultiplyAdd(_x.AsSpan(i), curvature * _x[i], line, line);
            }
        }
    }

    private void Load(int row)
    {
        _x[0] = 1;
        TensorPrimitives.ConvertTruncating<float, double>(data.Features.AsSpan(row * width, width), _x.AsSpan(1));
    }
}
