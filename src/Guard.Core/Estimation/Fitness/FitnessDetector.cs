using System.Numerics.Tensors;

namespace Guard.Core.Estimation.Fitness;

/// <summary>
/// Turns an offline detector into an online one: before it scores a point it is fine-tuned on recent points that are similar to it.
/// </summary>
/// <remarks>
/// <para>After the abstract of FITNESS ("Fine Tune on New and Similar Samples", ICML 2022), which is all that was readable: that the fine-tuning is on recent,
/// similar examples, before each score. The rest is ours: recent means the last <see cref="FitnessOptions.Recent"/> points, similar means
/// nearest by Euclidean distance with every coordinate in units of its median absolute deviation over the recent points, and a learned point
/// is learned whatever its score, since an outlier is similar to no normal point and so is never chosen for one.</para>
/// <para>A new regime counts as normal once it has given about as many points as half of <see cref="FitnessOptions.Similar"/>; so does an
/// anomaly that lasts. Not thread-safe. A point costs O(Recent · dimension) and one fine-tuning.</para>
/// </remarks>
public sealed class FitnessDetector
{
    private const int RescaleEvery = 16;

    private readonly IOfflineDetector _detector;
    private readonly FitnessOptions _options;
    private readonly int _dimension;
    private readonly double[] _recent;
    private readonly double[] _weights;
    private readonly double[] _column;
    private readonly double[] _distances;
    private readonly int[] _order;
    private readonly double[] _chosen;
    private long _learned;

    /// <summary>Wraps a detector that was fitted offline.</summary>
    /// <param name="detector">The detector, fitted; it belongs to the wrapper from now on.</param>
    /// <param name="options">What it is fine-tuned on; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public FitnessDetector(IOfflineDetector detector, FitnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        _detector = detector;
        _options = options ?? new FitnessOptions();
        if (_options.Recent < 8 || _options.Similar < 4 || _options.Similar > _options.Recent)
        {
            throw new ArgumentException($"{_options.Similar} similar of {_options.Recent} recent points: take at least 8 recent ones, and 4 up to all of them.", nameof(options));
        }

        _dimension = detector.Dimension;
        _recent = new double[_options.Recent * _dimension];
        _weights = new double[_dimension];
        Array.Fill(_weights, 1);
        _column = new double[_options.Recent];
        _distances = new double[_options.Recent];
        _order = new int[_options.Recent];
        _chosen = new double[_options.Similar * _dimension];
    }

    /// <summary>Points learned.</summary>
    public long Learned => _learned;

    /// <summary>Fine-tunes on recent, similar points and scores; learns nothing. Until enough points are learned the offline detector scores.</summary>
    /// <param name="point">Finite numbers.</param>
    /// <exception cref="ArgumentException">The point has another dimension or a number that is not finite.</exception>
    public double Score(ReadOnlySpan<double> point)
    {
        Check(point);
        var held = (int)Math.Min(_learned, _options.Recent);
        if (held < _options.Similar)
        {
            return _detector.Score(point);
        }

        Choose(point, held);
        _detector.FineTune(_chosen);
        return _detector.Score(point);
    }

    /// <summary>Learns a point.</summary>
    /// <param name="point">Finite numbers.</param>
    /// <exception cref="ArgumentException">The point has another dimension or a number that is not finite.</exception>
    public void Learn(ReadOnlySpan<double> point)
    {
        Check(point);
        point.CopyTo(_recent.AsSpan((int)(_learned % _options.Recent) * _dimension));
        _learned++;
        if (_learned % RescaleEvery == 0)
        {
            Rescale((int)Math.Min(_learned, _options.Recent));
        }
    }

    /// <summary>Scores a point and then learns it.</summary>
    /// <param name="point">Finite numbers.</param>
    public double Update(ReadOnlySpan<double> point)
    {
        var score = Score(point);
        Learn(point);
        return score;
    }

    private void Check(ReadOnlySpan<double> point)
    {
        Guards.Length(point.Length, _dimension, nameof(point));
        if (!TensorPrimitives.IsFiniteAll(point))
        {
            throw new ArgumentException("A coordinate of the point is not finite; leave the point out.", nameof(point));
        }
    }

    private void Choose(ReadOnlySpan<double> point, int held)
    {
        for (var r = 0; r < held; r++)
        {
            var row = _recent.AsSpan(r * _dimension, _dimension);
            var distance = 0.0;
            for (var i = 0; i < _dimension; i++)
            {
                var difference = (row[i] - point[i]) * _weights[i];
                distance += difference * difference;
            }

            _distances[r] = distance;
            _order[r] = r;
        }

        _distances.AsSpan(0, held).Sort(_order.AsSpan(0, held));
        var chosen = _order.AsSpan(0, _options.Similar);
        var oldest = _learned <= _options.Recent ? 0 : (int)(_learned % _options.Recent);
        // Time order: slots from the oldest on.
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = (chosen[i] - oldest + _options.Recent) % _options.Recent;
        }

        chosen.Sort();
        for (var i = 0; i < chosen.Length; i++)
        {
            var slot = (chosen[i] + oldest) % _options.Recent;
            _recent.AsSpan(slot * _dimension, _dimension).CopyTo(_chosen.AsSpan(i * _dimension));
        }
    }

    private void Rescale(int held)
    {
        var column = _column.AsSpan(0, held);
        for (var i = 0; i < _dimension; i++)
        {
            for (var r = 0; r < held; r++)
            {
                column[r] = _recent[(r * _dimension) + i];
            }

            column.Sort();
            var median = column[held / 2];
            for (var r = 0; r < held; r++)
            {
                column[r] = Math.Abs(column[r] - median);
            }

            column.Sort();
            _weights[i] = column[held / 2] > 0 ? 1 / column[held / 2] : 1;
        }
    }
}
