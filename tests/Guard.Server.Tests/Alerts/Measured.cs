using System.Diagnostics.Metrics;

namespace Guard.Server.Tests.Alerts;

/// <summary>What the observed instruments of one meter factory say.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value)> _values = [];

    public Measured(IMeterFactory meters)
    {
        // Other tests of this process have instruments of the same names.
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _values.Add((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _values.Add((instrument.Name, value)));
        _listener.Start();
    }

    /// <summary>Asks all, and gets what one of them says now.</summary>
    public double[] Now(string name)
    {
        lock (_values)
        {
            _values.Clear();
            _listener.RecordObservableInstruments();
            return [.. _values.Where(value => value.Name == name).Select(value => value.Value)];
        }
    }

    public void Dispose() => _listener.Dispose();
}
