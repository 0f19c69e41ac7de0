using System.Diagnostics.Metrics;
using System.Globalization;
using Guard.Grains.Ingest;

namespace Guard.Grains.Tests;

/// <summary>What the instruments of one meter factory measured, by name and tags.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    public Measured(IMeterFactory meters)
    {
        // Other clusters of this process have instruments of the same names.
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == IngestInstruments.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Gets the values of an instrument whose name and tags begin so, such as <c>guard.quarantined guard.reason=Malformed</c>.</summary>
    public double[] Of(string name)
    {
        lock (_values)
        {
            return [.. _values.Where(pair => pair.Key.StartsWith(name, StringComparison.Ordinal)).SelectMany(pair => pair.Value)];
        }
    }

    /// <summary>Asks the gauges, and gets what one of them says now.</summary>
    public double[] Now(string gauge)
    {
        lock (_values)
        {
            _values.Clear();
        }

        _listener.RecordObservableInstruments();
        return Of(gauge);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var tag in tags)
        {
            name += string.Create(CultureInfo.InvariantCulture, $" {tag.Key}={tag.Value}");
        }

        lock (_values)
        {
            (_values.TryGetValue(name, out var values) ? values : _values[name] = []).Add(value);
        }
    }
}
