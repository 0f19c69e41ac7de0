using System.Runtime.InteropServices;
using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Estimation.Detection;

/// <summary>
/// Watches one telemetry stream of any dimension for anomalies: learns its level, scale, rhythm of day and week and short-term course, expects
/// each value before it comes, and says how rare what came is. One causal pass; nothing to configure.
/// </summary>
/// <remarks>
/// <para>Each dimension gathers several kinds of evidence (error of the forecast, seasonal residual, step, new range, drift of a short mean, roughness,
/// novelty of the course and of the level); each is turned into a rarity against the stream's own past, and the rarities are added. Location and
/// scale follow by clipped SGD, so anomalies teach at most what a large ordinary error does, while the tails learn how often such values come: a spike
/// that returns every day soon surprises nobody. A level that stays shifted for <see cref="StreamDetectorOptions.AcceptAfter"/> rows becomes the new
/// normal.</para>
/// <para>Missing values are NaN and skipped. After a gap of several usual intervals the short memory gives way to the rhythm. A constant series
/// scores its first departure. Forecasts and intervals of series that were never negative stay at or above 0, those of rates within [0, 1].
/// The first <see cref="WarmUp"/> rows are learned and not scored.</para>
/// <para>The whole state is plain data of fixed size, below 2 KB for one dimension; an update allocates nothing. Not thread-safe. Which parts come
/// from the literature stands with each part; their combination and all constants are Guard's.</para>
/// </remarks>
public sealed class StreamDetector
{
    /// <summary>The greatest magnitude of a value that is learned; beyond it a row is invalid.</summary>
    public const double GreatestMagnitude = 1e30;

    /// <summary>How many rows are learned before the first is scored.</summary>
    public const int WarmUp = Tuning.WarmRows;

    private const uint Kind = 0x54454453; // "SDET"
    private const byte Version = 1;

    private readonly StreamDetectorOptions _options;
    private readonly RankBounds _bounds;
    private readonly double _decades;
    private readonly Channel[] _channels;
    private Head _head;

    /// <summary>Creates a detector that has seen nothing.</summary>
    /// <param name="dimension">How many values a row has, at least 1.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range; the message names it.</exception>
    public StreamDetector(int dimension = 1, StreamDetectorOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        _options = options ?? StreamDetectorOptions.Default;
        if (_options.Fault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _bounds = RankBounds.Of(_options.Quantile, _options.Alpha);
        _decades = Math.Log10(dimension);
        _channels = new Channel[dimension];
        for (var i = 0; i < dimension; i++)
        {
            _channels[i].Clear();
        }

        _head.LastTime = long.MinValue;
    }

    /// <summary>Gets how many values a row has.</summary>
    public int Dimension => _channels.Length;

    /// <summary>Gets how many rows were learned.</summary>
    public long Rows => _head.Rows;

    /// <summary>Gets the latest alert, finished or not; null before the first.</summary>
    public Alert? LatestAlert => _head.Episode.Any
        ? new Alert(
            _head.Episode.Start,
            _head.Episode.Peak,
            _head.Episode.IsOpen ? null : _head.Episode.LastWarm,
            _head.Episode.PeakScore,
            _head.Episode.Expected,
            _head.Episode.Observed,
            _head.Contributions())
        : null;

    /// <summary>Weighs a row against all before it, then learns it.</summary>
    /// <param name="time">The row's time; not before the last row's.</param>
    /// <param name="values">One value a dimension; NaN where missing.</param>
    /// <exception cref="ArgumentException">The row has another dimension. Nothing was learned.</exception>
    public Reading Update(DateTimeOffset time, ReadOnlySpan<double> values) => Update(time.ToUnixTimeMilliseconds(), values);

    /// <summary>Weighs a row against all before it, then learns it.</summary>
    /// <param name="time">The row's time in Unix milliseconds; not before the last row's.</param>
    /// <param name="values">One value a dimension; NaN where missing.</param>
    /// <exception cref="ArgumentException">The row has another dimension. Nothing was learned.</exception>
    public Reading Update(long time, ReadOnlySpan<double> values)
    {
        Guards.Length(values.Length, Dimension, nameof(values));
        var (state, given) = Inspect(time, values);
        if (state is ReadingState.Missing or ReadingState.Invalid or ReadingState.OutOfOrder)
        {
            return new Reading(time, state, 0, 0, ThresholdDecision.Abstain, default, 0, _head.Episode.IsOpen ? AlertPhase.Ongoing : AlertPhase.None, null);
        }

        var gap = _head.Pace(time);
        Span<double> evidence = values.Length <= 64 ? stackalloc double[values.Length] : new double[values.Length];
        var (leading, most, forecast) = (0, double.NegativeInfinity, default(Forecast));
        long? changed = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                evidence[i] = 0;
                continue;
            }

            var reading = _channels[i].Update(time, values[i], gap, _options);
            evidence[i] = reading.Evidence;
            changed ??= reading.ChangedSince;
            if (reading.Evidence > most)
            {
                (leading, most, forecast) = (i, reading.Evidence, reading.Forecast);
            }
        }

        _head.Rows++;
        if (_head.Rows <= WarmUp)
        {
            return new Reading(time, ReadingState.WarmingUp, 0, 0, ThresholdDecision.Abstain, forecast, leading, AlertPhase.None, changed);
        }

        most = OfAll(most);
        var score = _head.Tail.Score(most);
        var decision = _head.Tail.Decide(most, _bounds);
        _head.Tail.Add(most);
        var anomaly = 1 - double.Exp2(-_head.Episode.Novel(most) / Tuning.AlertEvidence);
        var phase = _head.Episode.Take(time, anomaly, most, Tuning.AlertEvidence / 2, _options, out var peaked);
        if (peaked)
        {
            _head.Episode.KeepPeak(forecast.Expected, values[leading]);
            _head.Rank(evidence);
        }

        return new Reading(time, given < values.Length ? ReadingState.Partial : ReadingState.Scored, score, anomaly, decision, forecast, leading, phase, changed);
    }

    /// <summary>Returns the score that <see cref="Update(long, ReadOnlySpan{double})"/> would give a row, and learns nothing.</summary>
    /// <param name="time">The row's time in Unix milliseconds.</param>
    /// <param name="values">One value a dimension; NaN where missing.</param>
    /// <returns>−log10 of the share of rows with as much evidence; 0 for a row that cannot be scored.</returns>
    /// <exception cref="ArgumentException">The row has another dimension.</exception>
    public double ScoreOne(long time, ReadOnlySpan<double> values)
    {
        Guards.Length(values.Length, Dimension, nameof(values));
        if (Inspect(time, values).State != ReadingState.Scored || _head.Rows < WarmUp)
        {
            return 0;
        }

        var head = _head;
        var gap = head.Pace(time);
        var most = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                var channel = _channels[i];
                most = Math.Max(most, channel.Update(time, values[i], gap, _options).Evidence);
            }
        }

        return head.Tail.Score(OfAll(most));
    }

    /// <summary>Learns a row, as <see cref="Update(long, ReadOnlySpan{double})"/> does, for those who score and learn in two calls.</summary>
    /// <param name="time">The row's time in Unix milliseconds.</param>
    /// <param name="values">One value a dimension; NaN where missing.</param>
    /// <exception cref="ArgumentException">The row has another dimension. Nothing was learned.</exception>
    public void LearnOne(long time, ReadOnlySpan<double> values) => Update(time, values);

    /// <summary>Returns what the detector expects of one dimension at a time, without learning anything.</summary>
    /// <param name="time">The time in Unix milliseconds, not before the last row's.</param>
    /// <param name="dimension">The dimension's index.</param>
    public Forecast Forecast(long time, int dimension = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, Dimension);
        var head = _head;
        var channel = _channels[dimension];
        return channel.Rows == 0 ? default : channel.Update(time, channel.Last, head.Pace(Math.Max(time, head.LastTime)), _options).Forecast;
    }

    /// <summary>Returns the whole state as bytes, about 2 KB a dimension; the settings are not among them, but are checked.</summary>
    public byte[] Save()
    {
        var writer = new StateWriter(Kind, Version);
        writer.Int32(Dimension);
        writer.Double(_options.Quantile);
        writer.Double(_options.IntervalMiss);
        writer.Int32(_options.AcceptAfter);
        var head = MemoryMarshal.AsBytes(new ReadOnlySpan<Head>(in _head));
        var channels = MemoryMarshal.AsBytes<Channel>(_channels.AsSpan());
        writer.Int64(Checksum.Of(Checksum.Of(Checksum.Start, head), channels));
        writer.Bytes(head);
        writer.Bytes(channels);
        return writer.ToArray();
    }

    /// <summary>Rebuilds a detector that goes on exactly as the saved one would have.</summary>
    /// <param name="state">What <see cref="Save"/> returned, on a machine of the same byte order.</param>
    /// <param name="options">The settings that it was created with.</param>
    /// <exception cref="InvalidDataException">The bytes are of another version or of other settings, or damaged.</exception>
    public static StreamDetector Restore(ReadOnlySpan<byte> state, StreamDetectorOptions? options = null)
    {
        var reader = new StateReader(state, Kind, Version, "stream detector");
        var detector = new StreamDetector(reader.Int32(1, 1 << 20, "dimension"), options);
        if (reader.Double() != detector._options.Quantile || reader.Double() != detector._options.IntervalMiss)
        {
            throw new InvalidDataException("The saved detector has another quantile or interval; restore it with its own settings.");
        }

        reader.Expect(detector._options.AcceptAfter, "number of rows that make a new normal");
        var sum = reader.Int64();
        var head = MemoryMarshal.AsBytes(new Span<Head>(ref detector._head));
        var channels = MemoryMarshal.AsBytes<Channel>(detector._channels.AsSpan());
        reader.Bytes(head);
        reader.Bytes(channels);
        reader.End();
        return Checksum.Of(Checksum.Of(Checksum.Start, head), channels) == sum
            ? detector
            : throw new InvalidDataException("The saved state of the stream detector fails its checksum; it is damaged, start afresh.");
    }

    private double OfAll(double most) => Math.Max(0, most - (_decades * Tuning.EvidencePerDecade));

    private (ReadingState State, int Given) Inspect(long time, ReadOnlySpan<double> values)
    {
        if (time < _head.LastTime)
        {
            return (ReadingState.OutOfOrder, 0);
        }

        var given = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            if (Math.Abs(value) > GreatestMagnitude)
            {
                return (ReadingState.Invalid, 0);
            }

            given++;
        }

        return (given == 0 ? ReadingState.Missing : ReadingState.Scored, given);
    }
}
