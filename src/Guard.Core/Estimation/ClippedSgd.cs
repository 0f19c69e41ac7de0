using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// Clipped stochastic gradient descent, θ ← Π(θ − η·g·min(1, λ/‖g‖)) with g = ∇L(X, θ), which follows the minimiser of a
/// loss through drift, heavy tails and corrupted samples. An update reads the sample once or twice, allocates nothing and
/// costs O(d). One instance is for one thread at a time.
/// </summary>
/// <remarks>
/// The update and its rates: Sankararaman and Narayanaswamy, "Online robust non-stationary estimation", NeurIPS 2023. A
/// sample that is NaN or infinite, or whose gradient is, is refused and changes nothing.
/// </remarks>
public sealed class ClippedSgd
{
    /// <summary>How many gradient norms a rolling clip level gathers before the parameters move.</summary>
    public const int HeldSamples = 5;

    private const uint Kind = 0x44475343; // "CSGD"
    private const byte Version = 1;

    private readonly ILoss _loss;
    private readonly ClippedSgdOptions _options;
    private readonly double[] _parameters;
    private readonly double[] _gradient;
    private readonly ClipLevel.Rolling? _rolling;
    private readonly RollingQuantile? _norms;
    private readonly bool _isMean;

    private long _refreshAt;
    private double _rate;
    private double _levelScale;

    /// <summary>Creates an estimator.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="options">How to step, clip and project; null for the defaults.</param>
    /// <param name="start">θ_0, finite, or empty for 0. It is projected.</param>
    public ClippedSgd(ILoss loss, ClippedSgdOptions? options = null, ReadOnlySpan<double> start = default)
    {
        _loss = loss;
        _options = options ?? new ClippedSgdOptions();
        if (_options.Horizon is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), _options.Horizon, "The horizon must be at least 1 step; leave it out where it is unknown.");
        }

        _isMean = loss is MeanLoss;
        _parameters = new double[loss.Dimension];
        _gradient = new double[_isMean ? 0 : loss.Dimension];
        _rolling = _options.Clip as ClipLevel.Rolling;
        _norms = _rolling is null ? null : new RollingQuantile(_rolling.Window);
        if (!start.IsEmpty)
        {
            Guards.Length(start.Length, loss.Dimension, nameof(start));
            if (!TensorPrimitives.IsFiniteAll(start))
            {
                throw new ArgumentException("The start must be finite.", nameof(start));
            }

            start.CopyTo(_parameters);
            _options.Projection?.Apply(_parameters);
        }
    }

    /// <summary>Gets the parameters θ. The span shows later updates too.</summary>
    public ReadOnlySpan<double> Parameters => _parameters;

    /// <summary>Gets the loss.</summary>
    public ILoss Loss => _loss;

    /// <summary>Gets the number of samples t that moved the parameters.</summary>
    public long Steps { get; private set; }

    /// <summary>Gets the number of samples that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Gets the norm of the last accepted gradient before clipping; 0 before the first.</summary>
    public double LastGradientNorm { get; private set; }

    /// <summary>Takes one step with a sample.</summary>
    /// <param name="sample">X, as long as the loss's <see cref="ILoss.SampleLength"/>.</param>
    /// <returns>What became of the sample.</returns>
    /// <exception cref="ArgumentException">The sample has another length. Nothing changed.</exception>
    public UpdateOutcome Update(ReadOnlySpan<double> sample)
    {
        Guards.Length(sample.Length, _loss.SampleLength, nameof(sample));
        double norm;
        if (_isMean)
        {
            norm = TensorPrimitives.Distance(_parameters, sample);
        }
        else
        {
            _loss.Gradient(_parameters, sample, _gradient);
            norm = TensorPrimitives.Norm<double>(_gradient);
        }

        return double.IsFinite(norm) ? Step(sample, norm) : Overflowed(sample);
    }

    /// <summary>Saves the state, without the loss and the options.</summary>
    /// <returns>Bytes that begin with a version.</returns>
    public byte[] Save()
    {
        var writer = new StateWriter(Kind, Version);
        writer.Int32(_parameters.Length);
        writer.Int64(Steps);
        writer.Int64(Refused);
        writer.Double(LastGradientNorm);
        writer.Doubles(_parameters);
        _norms?.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Restores an estimator that goes on exactly as the saved one would have.</summary>
    /// <param name="state">What <see cref="Save"/> returned.</param>
    /// <param name="loss">The same loss.</param>
    /// <param name="options">The same options.</param>
    /// <exception cref="InvalidDataException">The bytes are of another version, of another shape, or damaged.</exception>
    public static ClippedSgd Restore(ReadOnlySpan<byte> state, ILoss loss, ClippedSgdOptions? options = null)
    {
        var restored = new ClippedSgd(loss, options);
        var reader = new StateReader(state, Kind, Version, "clipped-SGD estimator");
        reader.Expect(loss.Dimension, "dimension");
        restored.Steps = reader.Count("count of steps");
        restored.Refused = reader.Count("count of refused samples");
        restored.LastGradientNorm = reader.Double();
        reader.Doubles(restored._parameters);
        restored._norms?.Read(ref reader);
        reader.End();
        return restored;
    }

    private UpdateOutcome Step(ReadOnlySpan<double> sample, double norm)
    {
        if (_norms is { Count: < HeldSamples })
        {
            _norms.Add(norm);
            LastGradientNorm = norm;
            return UpdateOutcome.Held;
        }

        var level = NextLevel();
        var clipped = norm > level;
        Move(sample, clipped ? _rate * (level / norm) : _rate);
        return Finish(norm, clipped);
    }

    // The norm overflowed, or something is NaN or infinite. A finite gradient is measured in units of its greatest entry.
    private UpdateOutcome Overflowed(ReadOnlySpan<double> sample)
    {
        var gradient = _isMean ? new double[sample.Length] : _gradient;
        _loss.Gradient(_parameters, sample, gradient);
        var greatest = TensorPrimitives.MaxMagnitude<double>(gradient);
        greatest = Math.Abs(greatest);
        if (!double.IsFinite(greatest) || !TensorPrimitives.IsFiniteAll(sample))
        {
            Refused++;
            return UpdateOutcome.Refused;
        }

        TensorPrimitives.Divide(gradient, greatest, gradient);
        var relative = TensorPrimitives.Norm<double>(gradient);
        var norm = Math.Min(greatest * relative, double.MaxValue);
        if (_norms is { Count: < HeldSamples })
        {
            return Step(sample, norm);
        }

        var level = NextLevel();
        var clipped = level / greatest < relative;
        var length = _rate * (clipped ? level / relative : greatest);
        if (!double.IsFinite(length + Math.Abs(TensorPrimitives.MaxMagnitude<double>(_parameters))))
        {
            Refused++;
            return UpdateOutcome.Refused;
        }

        TensorPrimitives.MultiplyAdd(gradient, -length, _parameters, _parameters);
        return Finish(norm, clipped);
    }

    private void Move(ReadOnlySpan<double> sample, double step)
    {
        if (_isMean)
        {
            TensorPrimitives.Lerp(_parameters, sample, step, _parameters);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(_gradient, -step, _parameters, _parameters);
        }
    }

    private UpdateOutcome Finish(double norm, bool clipped)
    {
        _options.Projection?.Apply(_parameters);
        _norms?.Add(norm);
        LastGradientNorm = norm;
        Steps++;
        return clipped ? UpdateOutcome.Clipped : UpdateOutcome.Applied;
    }

    private double NextLevel()
    {
        if (Steps + 1 >= _refreshAt)
        {
            Refresh(Steps + 1);
        }

        return _rolling is null ? _levelScale : _levelScale * _norms!.Quantile(_rolling.Level);
    }

    private void Refresh(long step)
    {
        var horizon = Schedule.Horizon(step, _options.Horizon);
        _rate = _options.Rate.At(step, horizon);
        _refreshAt = _options.Rate.MovesEveryStep ? step + 1 : horizon + 1;
        _levelScale = _options.Clip switch
        {
            ClipLevel.Schedule schedule => schedule.At(horizon),
            _ => _rolling!.Multiplier * Math.Pow(horizon, _rolling.Growth),
        };
    }
}
