namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// Decides for each score of a stream whether it lies above the p-quantile of the scores (anomaly), at or below it (benign), or cannot tell yet
/// (abstain), follows changes of the distribution, and starts warm from offline scores.
/// </summary>
/// <remarks>
/// <para>The scheme is that of Sun, Sankararaman and Narayanaswamy, "Online adaptive anomaly thresholding with confidence sequences", ICML 2024: a
/// confidence sequence C for the quantile, anomaly above it, benign below it, abstain within; a restart when forward and backward
/// sequences are disjoint; an offline set pooled when it alone meets C.</para>
/// <para>Ours: the sequence of <see cref="RankBounds"/>, which knows that the count below a 0.99-quantile hardly varies; the watch on several quantile
/// levels; backward sequences as counts in geometric blocks, each score compared with the set that stood before it; and abstention
/// while recent scores lie suspiciously high. While the distribution stays the same, a wrong decision or a restart ever happens with
/// probability at most <see cref="AbstainingThresholdOptions.Alpha"/>: half of it covers the set, a quarter the watched levels, a quarter the
/// windows.</para>
/// <para>Memory is bounded by the capacity times the number of levels. Not thread-safe.</para>
/// </remarks>
public sealed class AbstainingThreshold
{
    private const uint Kind = 0x48544241; // "ABTH"
    private const byte FormatVersion = 1;

    private readonly AbstainingThresholdOptions _options;
    private readonly QuantileBracket[] _levels;
    private readonly HitWindows[] _high;
    private readonly HitWindows[] _low;
    private readonly WarmStart? _warm;
    private readonly int _target;

    /// <summary>Creates a threshold that has seen nothing.</summary>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="offline">Offline sets to start warm from; null or empty for none.</param>
    /// <exception cref="ArgumentException">A setting is out of range; the message names it.</exception>
    public AbstainingThreshold(AbstainingThresholdOptions? options = null, IReadOnlyList<OfflineScores>? offline = null)
    {
        _options = options ?? new AbstainingThresholdOptions();
        if (_options.Fault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        double[] levels = [.. _options.Monitors.Where(level => level != _options.Quantile).Distinct().Order(), _options.Quantile];
        _target = levels.Length - 1;
        var watchAlpha = levels.Length > 1 ? _options.Alpha / 4 / (levels.Length - 1) : 0;
        var windowAlpha = _options.Alpha / 4 / (2 * levels.Length);
        RankBounds[] bounds = [.. levels.Select((level, j) => RankBounds.Of(level, j == _target ? _options.Alpha / 2 : watchAlpha))];
        _levels = [.. bounds.Select(bound => new QuantileBracket(bound, _options.Capacity))];
        _high = [.. levels.Select(level => new HitWindows(1 - level, windowAlpha, _options.Suspicion))];
        _low = [.. levels.Select(level => new HitWindows(level, windowAlpha, _options.Suspicion))];
        _warm = offline is { Count: > 0 } ? new WarmStart(offline, bounds, bounds[_target], _options) : null;
    }

    /// <summary>Scores seen.</summary>
    public long Count { get; private set; }

    /// <summary>Restarts so far.</summary>
    public long Restarts { get; private set; }

    /// <summary>Scores since the last restart.</summary>
    public long SegmentCount => _levels[_target].Count;

    /// <summary>Values stored at present, over all levels.</summary>
    public int Stored
    {
        get
        {
            var stored = 0;
            foreach (var level in _levels)
            {
                stored += level.Stored;
            }

            return stored;
        }
    }

    /// <summary>Most by which merging has blurred the rank of a stored value of the wanted quantile, in ranks; 0 while all is exact.</summary>
    public long RankError => _levels[_target].RankError;

    /// <summary>Decides on a score and learns it. Allocates nothing once the stored values have found their room.</summary>
    /// <param name="score">Any number; higher means more anomalous.</param>
    /// <exception cref="ArgumentException">The score is NaN. Nothing was learned.</exception>
    public ThresholdReading Update(double score)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentException("The score is not a number; leave the reading out, or score it first.", nameof(score));
        }

        Count++;
        var window = _options.DetectChanges ? Watch(score) : 0;
        var reading = Decide(score);
        if (window > 0)
        {
            Restart();
            Learn(score);
            return reading with { Decision = ThresholdDecision.Abstain, Change = window };
        }

        Learn(score);
        if (_options.DetectChanges && Contradicted())
        {
            var length = (int)Math.Min(SegmentCount, int.MaxValue);
            Restart();
            Learn(score);
            return reading with { Decision = ThresholdDecision.Abstain, Change = length };
        }

        return reading;
    }

    /// <summary>Decides on a score by what was learned so far, and learns nothing.</summary>
    public ThresholdReading Decide(double score)
    {
        var offline = _warm?.Choice(SegmentCount) ?? -1;
        var lower = _levels[_target].Lower;
        var upper = _levels[_target].Upper;
        if (offline >= 0)
        {
            var pooled = _warm!.Pooled(offline);
            lower = Math.Max(lower, pooled.Lower);
            upper = Math.Min(upper, pooled.Upper);
        }

        var high = Any(_high);
        var low = Any(_low);

        // Both ends known and equal: the quantile is known, and a score at it is not above it.
        var benign = score < lower || (score == lower && lower == upper);
        if (benign && low && _target > 0)
        {
            // If the scores have sunk, so has the quantile, and a score near its old place may lie above the new one.
            benign = score <= _levels[_target - 1].Upper;
        }

        var decision = benign ? ThresholdDecision.Benign
            : score > upper && !high ? ThresholdDecision.Anomaly
            : ThresholdDecision.Abstain;
        return new ThresholdReading(decision, lower, upper, 0, high || low, offline);
    }

    /// <summary>The whole state as bytes; <see cref="Restore"/> with the same settings and offline sets goes on identically.</summary>
    public byte[] Save()
    {
        var writer = new StateWriter(Kind, FormatVersion);
        writer.Double(_options.Quantile);
        writer.Double(_options.Alpha);
        writer.Int32(_levels.Length);
        writer.Int32(_warm?.SetCount ?? 0);
        writer.Int64(Count);
        writer.Int64(Restarts);
        for (var j = 0; j < _levels.Length; j++)
        {
            _levels[j].Save(writer);
            _high[j].Save(writer);
            _low[j].Save(writer);
        }

        _warm?.Save(writer);
        return writer.ToArray();
    }

    /// <summary>Rebuilds a threshold from <see cref="Save"/>.</summary>
    /// <param name="state">The saved bytes.</param>
    /// <param name="options">The settings that it was created with.</param>
    /// <param name="offline">The offline sets that it was created with, in the same order.</param>
    /// <exception cref="InvalidDataException">The bytes are of another version or of other settings, or damaged.</exception>
    public static AbstainingThreshold Restore(
        ReadOnlySpan<byte> state, AbstainingThresholdOptions? options = null, IReadOnlyList<OfflineScores>? offline = null)
    {
        var threshold = new AbstainingThreshold(options, offline);
        var reader = new StateReader(state, Kind, FormatVersion, "abstaining threshold");
        if (reader.Double() != threshold._options.Quantile || reader.Double() != threshold._options.Alpha)
        {
            throw new InvalidDataException("The saved threshold has another quantile or alpha; restore it with its own settings.");
        }

        reader.Expect(threshold._levels.Length, "number of levels");
        reader.Expect(threshold._warm?.SetCount ?? 0, "number of offline sets");
        threshold.Count = reader.Count("count of scores");
        threshold.Restarts = reader.Count("count of restarts");
        for (var j = 0; j < threshold._levels.Length; j++)
        {
            threshold._levels[j].Restore(ref reader);
            threshold._high[j].Restore(ref reader);
            threshold._low[j].Restore(ref reader);
        }

        threshold._warm?.Restore(ref reader);
        reader.End();
        return threshold;
    }

    private static bool Any(HitWindows[] series)
    {
        foreach (var windows in series)
        {
            if (windows.Suspicious)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts the score against the sets that stood before it; returns the window that proves a change, or 0.</summary>
    private int Watch(double score)
    {
        var window = 0;
        for (var j = 0; j < _levels.Length; j++)
        {
            var high = _high[j].Push(score > _levels[j].Upper);
            var low = _low[j].Push(score < _levels[j].Lower);
            window = Math.Max(window, Math.Max(high, low));
        }

        return window;
    }

    private bool Contradicted()
    {
        foreach (var level in _levels)
        {
            if (level.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private void Learn(double score)
    {
        foreach (var level in _levels)
        {
            level.Add(score);
        }

        _warm?.Add(score, _levels);
    }

    private void Restart()
    {
        Restarts++;
        for (var j = 0; j < _levels.Length; j++)
        {
            _levels[j].Clear();
            _high[j].Clear();
            _low[j].Clear();
        }

        _warm?.Clear();
    }
}
