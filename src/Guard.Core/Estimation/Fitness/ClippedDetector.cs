namespace Guard.Core.Estimation.Fitness;

/// <summary>
/// Distance of a point from a mean that clipped SGD estimates, each coordinate in units of its median absolute deviation, as a root mean square.
/// </summary>
/// <remarks>
/// Fine-tuning goes on from the offline mean with constant steps, twice over the few points. Their squared scale is averaged with the offline one, which counts as
/// many points as its weight: points chosen for being similar lie closer together than the stream does. Ours.
/// </remarks>
public sealed class ClippedDetector : IOfflineDetector
{
    private const double NormalConsistency = 1.4826;

    /// <summary>A second pass takes what is left of a far start from a tenth to a hundredth, for 32 points and a rate of 0.1.</summary>
    private const int Passes = 2;

    private readonly MeanLoss _loss;
    private readonly ClippedSgdOptions _options;
    private readonly double[] _offline;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[] _offlineScale;
    private readonly double _priorWeight;
    private double[] _deviations = [];

    /// <summary>Creates a detector that has learned nothing.</summary>
    /// <param name="dimension">Numbers of a point, at least 1.</param>
    /// <param name="rate">Step size, in (0, 1). Default 0.1, ours.</param>
    /// <param name="priorWeight">How many points the offline scale counts as when fine-tuning; not negative. Default 32, ours.</param>
    public ClippedDetector(int dimension, double rate = 0.1, double priorWeight = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Guards.FiniteNotNegative(priorWeight);
        _priorWeight = priorWeight;
        _offlineScale = new double[dimension];
        Dimension = dimension;
        _loss = new MeanLoss(dimension);
        _options = new ClippedSgdOptions { Rate = StepRate.Constant(rate), Clip = ClipLevel.RollingQuantile(growth: 0) };
        _offline = new double[dimension];
        _mean = new double[dimension];
        _scale = new double[dimension];
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> rows)
    {
        Rows.Count(rows, Dimension);
        rows[..Dimension].CopyTo(_offline);
        Learn(rows);
        _mean.CopyTo(_offline, 0);
        _scale.CopyTo(_offlineScale, 0);
    }

    /// <inheritdoc/>
    public void FineTune(ReadOnlySpan<double> rows)
    {
        Learn(rows);
        var count = Rows.Count(rows, Dimension);
        for (var i = 0; i < Dimension; i++)
        {
            // The greater scale is factored out, so that squares cannot overflow.
            var greatest = Math.Max(_scale[i], _offlineScale[i]);
            var own = _scale[i] / greatest;
            var offline = _offlineScale[i] / greatest;
            _scale[i] = greatest * Math.Sqrt(((count * own * own) + (_priorWeight * offline * offline)) / (count + _priorWeight));
        }
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> point)
    {
        Guards.Length(point.Length, Dimension, nameof(point));
        var squares = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            var deviation = (point[i] - _mean[i]) / _scale[i];
            squares += deviation * deviation / Dimension;
        }

        // Where differences overflow, the point is as far away as a number can say.
        return double.IsFinite(squares) ? Math.Sqrt(squares) : double.MaxValue;
    }

    private void Learn(ReadOnlySpan<double> rows)
    {
        var count = Rows.Count(rows, Dimension);
        var estimator = new ClippedSgd(_loss, _options, _offline);
        for (var r = 0; r < Passes * count; r++)
        {
            estimator.Update(rows.Slice(r % count * Dimension, Dimension));
        }

        estimator.Parameters.CopyTo(_mean);
        if (_deviations.Length < count)
        {
            _deviations = new double[count];
        }

        for (var i = 0; i < Dimension; i++)
        {
            var deviations = _deviations.AsSpan(0, count);
            for (var r = 0; r < count; r++)
            {
                deviations[r] = Math.Abs(rows[(r * Dimension) + i] - _mean[i]);
            }

            deviations.Sort();
            // A coordinate that hardly ever moves keeps a scale: its mean deviation, or 1 where it never moved.
            var scale = deviations[count / 2] * NormalConsistency;
            var mean = System.Numerics.Tensors.TensorPrimitives.Sum<double>(deviations) / count;
            _scale[i] = scale > 0 ? scale : mean > 0 ? mean : 1;
        }
    }
}
