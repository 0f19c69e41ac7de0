using System.Numerics.Tensors;

namespace Guard.Core.Estimation.Fitness;

/// <summary>The Mahalanobis distance √((x − m)ᵀ S⁻¹ (x − m)) of a point from the mean m of the points learned, S their covariance.</summary>
/// <remarks>
/// Fine-tuning takes the mean from the few points and shrinks their covariance towards the one learned offline, which counts as
/// many points as its weight. A ridge of 10⁻⁶ of the mean variance keeps S invertible; for constant points S is the identity.
/// </remarks>
public sealed class MahalanobisDetector : IOfflineDetector
{
    private const double Ridge = 1e-6;

    private readonly double _priorWeight;
    private readonly double[] _mean;
    private readonly double[] _prior;
    private readonly double[] _covariance;
    private readonly double[] _factor;
    private readonly double[] _solved;
    private bool _hasPrior;

    /// <summary>Creates a detector that has learned nothing.</summary>
    /// <param name="dimension">Numbers of a point, at least 1.</param>
    /// <param name="priorWeight">How many points the offline covariance counts as when fine-tuning; not negative. Default 32, ours.</param>
    public MahalanobisDetector(int dimension, double priorWeight = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Guards.FiniteNotNegative(priorWeight);
        Dimension = dimension;
        _priorWeight = priorWeight;
        _mean = new double[dimension];
        _prior = new double[dimension * dimension];
        _covariance = new double[dimension * dimension];
        _factor = new double[dimension * dimension];
        _solved = new double[dimension];
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> rows)
    {
        _hasPrior = false;
        Learn(rows);
        _covariance.CopyTo(_prior, 0);
        _hasPrior = true;
    }

    /// <inheritdoc/>
    public void FineTune(ReadOnlySpan<double> rows) => Learn(rows);

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> point)
    {
        Guards.Length(point.Length, Dimension, nameof(point));
        var squared = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            var row = _factor.AsSpan(i * Dimension, i + 1);
            var rest = point[i] - _mean[i] - TensorPrimitives.Dot<double>(row[..i], _solved.AsSpan(0, i));
            _solved[i] = rest / row[i];
            squared += _solved[i] * _solved[i];
        }

        // Where differences overflow, the point is as far away as a number can say.
        return double.IsFinite(squared) ? Math.Sqrt(squared) : double.MaxValue;
    }

    private void Learn(ReadOnlySpan<double> rows)
    {
        var count = Rows.Count(rows, Dimension);
        Array.Clear(_mean);
        for (var r = 0; r < count; r++)
        {
            TensorPrimitives.MultiplyAdd(rows.Slice(r * Dimension, Dimension), 1.0 / count, _mean, _mean);
        }

        Array.Clear(_covariance);
        var weight = _hasPrior ? _priorWeight : 0;
        for (var r = 0; r < count; r++)
        {
            var row = rows.Slice(r * Dimension, Dimension);
            TensorPrimitives.Subtract(row, _mean, _solved);
            for (var i = 0; i < Dimension; i++)
            {
                var target = _covariance.AsSpan(i * Dimension, i + 1);
                TensorPrimitives.MultiplyAdd(_solved.AsSpan(0, i + 1), _solved[i] / (count + weight), target, target);
            }
        }

        var trace = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var at = (i * Dimension) + j;
                _covariance[at] += _hasPrior ? _prior[at] * weight / (count + weight) : 0;
            }

            trace += _covariance[(i * Dimension) + i];
        }

        Factor(trace > 0 ? Ridge * trace / Dimension : 1);
    }

    /// <summary>Cholesky factor of the covariance with a ridge.</summary>
    private void Factor(double ridge)
    {
        for (var i = 0; i < Dimension; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _covariance[(i * Dimension) + j] + (i == j ? ridge : 0)
                    - TensorPrimitives.Dot<double>(_factor.AsSpan(i * Dimension, j), _factor.AsSpan(j * Dimension, j));
                _factor[(i * Dimension) + j] = i == j ? Math.Sqrt(Math.Max(sum, ridge)) : sum / _factor[(j * Dimension) + j];
            }
        }
    }
}
