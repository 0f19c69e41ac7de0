using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// Turns samples into scores in the unit ball: (X − c)/λ, shortened to norm 1. The centre c is the coordinatewise median of
/// the first samples, and λ is 1.5 times the 0.75-quantile of their distances to it. Both then stay fixed, so that the scores
/// of an unchanged stream are identically distributed whatever its tails.
/// </summary>
internal sealed class ScoreScale(int dimension, int warmUp)
{
    private const double Reach = 1.5;
    private const double Quantile = 0.75;

    private readonly double[] _first = new double[dimension * warmUp];
    private readonly double[] _centre = new double[dimension];
    private readonly double[] _sorted = new double[warmUp];
    private int _count;
    private double _level;

    /// <summary>Gets whether the centre is fixed.</summary>
    public bool Fixed => _count == warmUp;

    /// <summary>Gets the samples that fixed the centre, one after the other.</summary>
    public ReadOnlySpan<double> First => _first.AsSpan(0, _count * dimension);

    public void Learn(ReadOnlySpan<double> sample)
    {
        sample.CopyTo(_first.AsSpan(_count * dimension));
        if (++_count == warmUp)
        {
            Fix();
        }
    }

    /// <summary>Writes a sample's score and returns its norm, at most 1.</summary>
    public double Score(ReadOnlySpan<double> sample, Span<double> score)
    {
        TensorPrimitives.Subtract(sample, _centre, score);
        var norm = TensorPrimitives.Norm<double>(score);
        if (norm == 0)
        {
            return 0;
        }

        // A stream that was constant so far takes its scale from the first sample that differs.
        _level = _level == 0 ? norm : _level;
        TensorPrimitives.Divide(score, Math.Max(norm, _level), score);
        return Math.Min(norm / _level, 1);
    }

    public void Restart() => (_count, _level) = (0, 0);

    public void Write(StateWriter writer)
    {
        writer.Int32(_count);
        writer.Double(_level);
        writer.Doubles(Fixed ? _centre : First);
    }

    public void Read(ref StateReader reader)
    {
        _count = reader.Int32(0, warmUp, "count of first samples");
        _level = reader.Double();
        reader.Doubles(Fixed ? _centre : _first.AsSpan(0, _count * dimension));
    }

    private void Fix()
    {
        for (var i = 0; i < dimension; i++)
        {
            for (var t = 0; t < warmUp; t++)
            {
                _sorted[t] = _first[(t * dimension) + i];
            }

            Array.Sort(_sorted);
            _centre[i] = 0.5 * (_sorted[(warmUp - 1) / 2] + _sorted[warmUp / 2]);
        }

        for (var t = 0; t < warmUp; t++)
        {
            _sorted[t] = TensorPrimitives.Distance<double>(_first.AsSpan(t * dimension, dimension), _centre);
        }

        Array.Sort(_sorted);
        _level = Reach * _sorted[(int)Math.Ceiling(Quantile * warmUp) - 1];
        if (_level == 0)
        {
            _level = Array.Find(_sorted, distance => distance > 0);
        }
    }
}
