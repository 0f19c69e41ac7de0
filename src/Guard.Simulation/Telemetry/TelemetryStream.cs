using System.Text.Json;
using Guard.Simulation.Humans;
using Guard.Simulation.Scenarios;
using Guard.Simulation.Truth;

namespace Guard.Simulation.Telemetry;

/// <summary>
/// Readings of one stream: level · (1 + daily rhythm) · (1 + noise), the noise an autoregression of first order, with
/// anomalies and at most one lasting change of level. Values stay at or above 0.
/// </summary>
internal sealed class TelemetryStream
{
    private const long Minute = 60_000;
    private const long Day = 86_400_000;
    private const double Memory = 0.6;
    private readonly TelemetrySpec _spec;
    private readonly double[] _noise;
    private readonly double[] _scale;
    private readonly double[] _values;
    private readonly List<PlantedAnomaly> _anomalies = [];
    private readonly long _shift;
    private readonly long _end;
    private SeededRandom _random;
    private int _anomaly;

    public TelemetryStream(TelemetrySpec spec, Scenario scenario)
    {
        _spec = spec;
        _random = SeededRandom.Of(scenario.Seed, "telemetry/" + spec.Stream);
        _noise = new double[spec.Dimensions];
        _values = new double[spec.Dimensions];
        _scale = new double[spec.Dimensions];
        for (var i = 0; i < _scale.Length; i++)
        {
            _scale[i] = i == 0 ? spec.Level : spec.Level * _random.Uniform(0.5, 1.5);
        }

        NextTime = scenario.Start.ToUnixTimeMilliseconds();
        _end = NextTime + scenario.Days * Day;
        _shift = spec.LevelShiftDay is { } day ? NextTime + day * Day : long.MaxValue;
        Name = JsonEncodedText.Encode(spec.Stream);
        Plant(NextTime);
    }

    public JsonEncodedText Name { get; }

    public long NextTime { get; private set; }

    /// <summary>Makes the next reading; the span is valid until the one after it.</summary>
    public ReadOnlySpan<double> Next(out ulong id)
    {
        var time = NextTime;
        NextTime += _spec.EveryMinutes * Minute;
        id = _random.Next();
        while (_anomaly < _anomalies.Count && time >= _anomalies[_anomaly].End)
        {
            _anomaly++;
        }

        var kind = _anomaly < _anomalies.Count && time >= _anomalies[_anomaly].Start ? _anomalies[_anomaly].Kind : null;
        var rhythm = 1 + _spec.DailyAmplitude * Wave(time);
        var level = time >= _shift ? 1 + _spec.LevelShift : 1;
        for (var i = 0; i < _values.Length; i++)
        {
            _noise[i] = Memory * _noise[i] + Math.Sqrt(1 - Memory * Memory) * _random.Normal();

            // An anomaly strikes the first half of the dimensions; a flat one repeats the last value before it.
            var struck = kind is not null && i <= (_values.Length - 1) / 2;
            if (struck && kind == PlantedAnomaly.Flat && _values[i] > 0)
            {
                continue;
            }

            var noise = struck && kind == PlantedAnomaly.Noise ? 6 * _random.Normal() : _noise[i];
            var factor = struck && kind == PlantedAnomaly.Spike ? 2 : struck && kind == PlantedAnomaly.Dip ? 0.35 : 1;
            _values[i] = Math.Round(Math.Max(0, _scale[i] * level * rhythm * factor * (1 + _spec.Noise * noise)), 6);
        }

        return _values;
    }

    public IEnumerable<TelemetryTruthRow> Truth()
    {
        foreach (var anomaly in _anomalies)
        {
            yield return Row(anomaly.Start, anomaly.End, anomaly.Kind);
        }

        if (_shift < _end)
        {
            yield return Row(_shift, _end, PlantedAnomaly.LevelShift);
        }
    }

    /// <summary>The daily rhythm about 0, interpolated between the hours of the human rhythm in UTC.</summary>
    private static double Wave(long time)
    {
        var hour = time % Day / 3_600_000.0;
        var (whole, part) = ((int)hour, hour - (int)hour);
        return ((1 - part) * Rhythm.HourShare(whole) + part * Rhythm.HourShare((whole + 1) % 24)) * 24 - 1;
    }

    private TelemetryTruthRow Row(long start, long end, string kind) =>
        new(_spec.Stream, DateTimeOffset.FromUnixTimeMilliseconds(start), DateTimeOffset.FromUnixTimeMilliseconds(end), kind);

    /// <summary>Gives each anomaly a slot of its own after the first fifth, in which a detector may learn what is normal.</summary>
    private void Plant(long start)
    {
        var step = _spec.EveryMinutes * Minute;
        var readings = (_end - start) / step;
        var first = readings / 5;
        var slot = _spec.Anomalies == 0 ? 0 : (readings - first) / _spec.Anomalies;
        if (slot < 4)
        {
            return;
        }

        // Each kind has its turn; the first is drawn.
        var turn = _random.Index(PlantedAnomaly.Kinds.Count);
        for (var i = 0; i < _spec.Anomalies; i++)
        {
            var length = 2 + _random.Index((int)Math.Min(22, slot / 2 - 1));
            var at = first + i * slot + _random.Index((int)(slot - length));
            var kind = PlantedAnomaly.Kinds[(turn + i) % PlantedAnomaly.Kinds.Count];
            _anomalies.Add(new PlantedAnomaly(start + at * step, start + (at + length) * step, kind));
        }
    }
}
