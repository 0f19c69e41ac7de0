using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// Change points of a stream of which nothing is known: no variance, no bound, no tail. Samples become scores in the unit
/// ball, and the score means before and after each kept split are compared by a self-normalised bound. The change found is
/// one of the clipped mean. Samples are taken to be independent; runs of correlated samples look like changes.
/// </summary>
/// <remarks>
/// The scan over splits, its restart and its localisation follow Sankararaman and Narayanaswamy (UAI 2023); the scores and
/// the bound are Guard's, with constants calibrated on simulated streams without change. Memory and time are O(d) for
/// each kept split. The first samples after a restart fix the scale, and no change is found among them. Scores saturate, so
/// that a slow rise before a great jump may be placed with it. Values beyond ±1e150 count as ±1e150. One instance is for one thread at a time.
/// </remarks>
public sealed class RobustChangePoints : IChangePointDetector
{
    private const uint Kind = 0x50434252; // "RBCP"
    private const byte Version = 1;
    private const double GreatestValue = 1e150;

    // A change is placed among the splits whose exponent is within 3 nats of the greatest: e^(−3) is about 5 %.
    private const double LocationDrop = 3;

    private readonly RobustChangePointOptions _options;
    private readonly ScoreScale _scale;
    private readonly EffectiveDimension _dimension;
    private readonly SplitSet _splits;
    private readonly double[] _sum;
    private readonly double[] _sample;
    private readonly double[] _score;
    private long _sinceRestart;
    private double _squares;
    private double _greatest;

    /// <summary>Creates a detector.</summary>
    /// <param name="dimension">The number of values in a sample, at least 1.</param>
    /// <param name="options">How to decide; null for the defaults.</param>
    public RobustChangePoints(int dimension, RobustChangePointOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        _options = options ?? new RobustChangePointOptions();
        Guards.OpenUnit(_options.Delta, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.WarmUp, 8, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.WarmUp, 1024, nameof(options));
        Dimension = dimension;
        _scale = new ScoreScale(dimension, _options.WarmUp);
        _dimension = new EffectiveDimension(dimension);

        // A split keeps the sum of scores up to it, that sum's squared norm, and its price.
        _splits = new SplitSet(_options.Grid, dimension + 2);
        _sum = new double[dimension];
        _sample = new double[dimension];
        _score = new double[dimension];
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public long Samples { get; private set; }

    /// <inheritdoc/>
    public long Refused { get; private set; }

    /// <summary>Gets how many splits are kept now.</summary>
    public int Splits => _splits.Count;

    /// <inheritdoc/>
    public ChangePoint? Update(ReadOnlySpan<double> sample)
    {
        Guards.Length(sample.Length, Dimension, nameof(sample));
        if (!TensorPrimitives.IsFiniteAll(sample))
        {
            Refused++;
            return null;
        }

        TensorPrimitives.Clamp(sample, -GreatestValue, GreatestValue, _sample);
        Samples++;
        _sinceRestart++;
        if (!_scale.Fixed)
        {
            _scale.Learn(_sample);
            for (var first = _scale.First; _scale.Fixed && !first.IsEmpty; first = first[Dimension..])
            {
                Count(first[..Dimension]);
            }
        }
        else
        {
            Count(_sample);
            if (Test() is { } change)
            {
                Restart();
                return change;
            }
        }

        if (_scale.Fixed)
        {
            Keep();
        }

        return null;
    }

    /// <summary>Saves the state, without the options.</summary>
    /// <returns>Bytes that begin with a version.</returns>
    public byte[] Save()
    {
        var writer = new StateWriter(Kind, Version);
        writer.Int32(Dimension);
        writer.Int32(_options.WarmUp);
        writer.Int64(Samples);
        writer.Int64(Refused);
        writer.Int64(_sinceRestart);
        writer.Double(_squares);
        writer.Double(_greatest);
        writer.Doubles(_sum);
        _scale.Write(writer);
        _dimension.Write(writer);
        _splits.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Restores a detector that goes on exactly as the saved one would have.</summary>
    /// <param name="state">What <see cref="Save"/> returned.</param>
    /// <param name="dimension">The same dimension.</param>
    /// <param name="options">The same options.</param>
    /// <exception cref="InvalidDataException">The bytes are of another version, of another shape, or damaged.</exception>
    public static RobustChangePoints Restore(ReadOnlySpan<byte> state, int dimension, RobustChangePointOptions? options = null)
    {
        var restored = new RobustChangePoints(dimension, options);
        var reader = new StateReader(state, Kind, Version, "robust change-point detector");
        reader.Expect(dimension, "dimension");
        reader.Expect(restored._options.WarmUp, "warm-up");
        restored.Samples = reader.Count("count of samples");
        restored.Refused = reader.Count("count of refused samples");
        restored._sinceRestart = reader.Count("count of samples since the restart");
        restored._squares = reader.Double();
        restored._greatest = reader.Double();
        reader.Doubles(restored._sum);
        restored._scale.Read(ref reader);
        restored._dimension.Read(ref reader);
        restored._splits.Read(ref reader, restored._sinceRestart);
        reader.End();
        return restored;
    }

    private void Count(ReadOnlySpan<double> sample)
    {
        var norm = _scale.Score(sample, _score);
        _dimension.Add(_score);
        TensorPrimitives.Add(_sum, _score, _sum);
        _squares += norm * norm;
        _greatest = Math.Max(_greatest, norm);
    }

    private void Keep()
    {
        var added = _splits.Add(_sinceRestart);
        _sum.CopyTo(added, 0);
        added[Dimension] = TensorPrimitives.SumOfSquares<double>(_sum);
        added[Dimension + 1] = SplitTest.Price(_sinceRestart);

        // A few splits beyond the grid cost less than looking through all of them at every sample.
        if (_sinceRestart % 8 == 0)
        {
            _splits.Thin(_sinceRestart);
        }
    }

    private ChangePoint? Test()
    {
        var test = new SplitTest(_sinceRestart, _squares, TensorPrimitives.SumOfSquares<double>(_sum), _dimension.Value, _greatest, _options.Delta);
        for (var i = 0; i < _splits.Count; i++)
        {
            var (split, values) = _splits[i];
            var limit = test.Limit(split, values[Dimension + 1]);
            if (test.Exponent(split, values[Dimension], TensorPrimitives.Dot(values.AsSpan(0, Dimension), _sum), limit) > limit)
            {
                return Locate(test);
            }
        }

        return null;
    }

    private ChangePoint Locate(in SplitTest test)
    {
        Span<double> exponents = _splits.Count <= 256 ? stackalloc double[_splits.Count] : new double[_splits.Count];
        for (var i = 0; i < exponents.Length; i++)
        {
            var (split, values) = _splits[i];
            exponents[i] = test.Exponent(split, values[Dimension], TensorPrimitives.Dot(values.AsSpan(0, Dimension), _sum), floor: 0);
        }

        var likeliest = TensorPrimitives.IndexOfMax<double>(exponents);
        var near = exponents[likeliest] - LocationDrop;
        var (least, greatest) = (likeliest, likeliest);
        for (var i = 0; i < exponents.Length; i++)
        {
            if (exponents[i] >= near)
            {
                least = Math.Min(least, i);
                greatest = Math.Max(greatest, i);
            }
        }

        var offset = Samples - _sinceRestart - 1;
        return new ChangePoint(Samples - 1, offset + _splits[least].Split, offset + _splits[greatest].Split, offset + _splits[likeliest].Split);
    }

    private void Restart()
    {
        (_sinceRestart, _squares, _greatest) = (0, 0, 0);
        Array.Clear(_sum);
        _scale.Restart();
        _dimension.Restart();
        _splits.Clear();
    }
}
