using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>
/// Change points by clipped SGD, the algorithm of Sankararaman and Narayanaswamy, "Online heavy-tailed change-point
/// detection", UAI 2023. Since the last restart, it compares for each kept split the estimate up to the split with the one
/// since, and fires where their squared distance exceeds the sum of both bounds at confidence δ/(2n(n+1)). It costs O(d)
/// for each kept split and sample. σ and G must be known; <see cref="RobustChangePoints"/> asks for neither.
/// </summary>
/// <remarks>
/// The splits that fire place the change, as published; since the bound is smaller for longer halves, splits well before
/// the change often fire first, and the place is then too early.
/// </remarks>
public sealed class ClippedSgdChangePoints : IChangePointDetector
{
    private const uint Kind = 0x50434753; // "SGCP"
    private const byte Version = 1;

    private readonly ChangePointBound _bound;
    private readonly double _delta;
    private readonly SplitSet _splits;
    private readonly double[] _whole;
    private long _sinceRestart;

    /// <summary>Creates a detector.</summary>
    /// <param name="dimension">The number of values in a sample, at least 1.</param>
    /// <param name="bound">The bound and its constants.</param>
    /// <param name="delta">δ, the probability allowed to a false detection before the next change.</param>
    /// <param name="grid">Which splits are kept.</param>
    public ClippedSgdChangePoints(int dimension, ChangePointBound bound, double delta, SplitGrid grid = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Guards.OpenUnit(delta);
        Dimension = dimension;
        _bound = bound;
        _delta = delta;
        _whole = new double[dimension];
        _splits = new SplitSet(grid, (2 * dimension) + 3);
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

        // Each split's first half is the estimate up to it; the second half goes on with what came after.
        for (var i = 0; i < _splits.Count; i++)
        {
            var (split, values) = _splits[i];
            Step(values.AsSpan(Dimension, Dimension), sample, _sinceRestart + 1 - split);
        }

        Samples++;
        Step(_whole, sample, ++_sinceRestart);
        var change = Test();
        if (change is not null)
        {
            Restart();
            return change;
        }

        var added = _splits.Add(_sinceRestart);
        _whole.CopyTo(added, 0);
        added.AsSpan(Dimension, Dimension).Clear();
        var terms = _bound.TermsAt(_sinceRestart - 1);
        (added[^3], added[^2], added[^1]) = (terms.Fixed, terms.PerLog, terms.Log);
        _splits.Thin(_sinceRestart);
        return null;
    }

    /// <summary>Saves the state, without the bound, δ and the grid.</summary>
    /// <returns>Bytes that begin with a version.</returns>
    public byte[] Save()
    {
        var writer = new StateWriter(Kind, Version);
        writer.Int32(Dimension);
        writer.Int64(Samples);
        writer.Int64(Refused);
        writer.Int64(_sinceRestart);
        writer.Doubles(_whole);
        _splits.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Restores a detector that goes on exactly as the saved one would have.</summary>
    /// <param name="state">What <see cref="Save"/> returned.</param>
    /// <param name="dimension">The same dimension.</param>
    /// <param name="bound">The same bound.</param>
    /// <param name="delta">The same δ.</param>
    /// <param name="grid">The same grid.</param>
    /// <exception cref="InvalidDataException">The bytes are of another version, of another shape, or damaged.</exception>
    public static ClippedSgdChangePoints Restore(ReadOnlySpan<byte> state, int dimension, ChangePointBound bound, double delta, SplitGrid grid = default)
    {
        var restored = new ClippedSgdChangePoints(dimension, bound, delta, grid);
        var reader = new StateReader(state, Kind, Version, "clipped-SGD change-point detector");
        reader.Expect(dimension, "dimension");
        restored.Samples = reader.Count("count of samples");
        restored.Refused = reader.Count("count of refused samples");
        restored._sinceRestart = reader.Count("count of samples since the restart");
        reader.Doubles(restored._whole);
        restored._splits.Read(ref reader, restored._sinceRestart);
        reader.End();
        return restored;
    }

    private void Step(Span<double> estimate, ReadOnlySpan<double> sample, long t)
    {
        var distance = TensorPrimitives.Distance<double>(estimate, sample);
        if (!double.IsFinite(distance))
        {
            // The squares overflowed: the sample is beyond any λ, and its direction is that of the sample alone.
            var greatest = Math.Abs(TensorPrimitives.MaxMagnitude(sample));
            var norm = 0.0;
            foreach (var value in sample)
            {
                norm += value / greatest * (value / greatest);
            }

            TensorPrimitives.MultiplyAdd(sample, _bound.Rate(t) * _bound.ClipLevel / Math.Sqrt(norm) / greatest, estimate, estimate);
            return;
        }

        var clip = distance > _bound.ClipLevel ? _bound.ClipLevel / distance : 1;
        TensorPrimitives.Lerp(estimate, sample, _bound.Rate(t) * clip, estimate);
    }

    private ChangePoint? Test()
    {
        var n = _sinceRestart - 1;
        if (n < 1)
        {
            return null;
        }

        var log = Math.Log(2.0 * n * (n + 1) / _delta);
        var (least, greatest, likeliest) = (-1L, -1L, -1L);
        var most = 0.0;
        for (var i = 0; i < _splits.Count; i++)
        {
            var (split, values) = _splits[i];
            var distance = TensorPrimitives.Distance<double>(values.AsSpan(0, Dimension), values.AsSpan(Dimension, Dimension));
            var before = _bound.At(new ChangePointBound.Terms(values[^3], values[^2], values[^1]), log);
            if (distance * distance <= before)
            {
                continue;
            }

            var ratio = distance * distance / (before + _bound.At(_bound.TermsAt(_sinceRestart - split - 1), log));
            if (ratio > 1)
            {
                least = least < 0 ? split : least;
                greatest = split;
                (most, likeliest) = ratio > most ? (ratio, split) : (most, likeliest);
            }
        }

        var offset = Samples - _sinceRestart - 1;
        return least < 0 ? null : new ChangePoint(Samples - 1, offset + least, offset + greatest, offset + likeliest);
    }

    private void Restart()
    {
        _sinceRestart = 0;
        _whole.AsSpan().Clear();
        _splits.Clear();
    }
}
