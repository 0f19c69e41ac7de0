using System.Runtime.InteropServices;
using Guard.Core.Estimation.Detection;
using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Watching.Streams;

/// <summary>A reading as the ring keeps it, without its values. Plain data of 64 bytes, saved as it is.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct KeptReading
{
    private long _time;
    private double _score;
    private double _anomaly;
    private double _expected;
    private double _lower;
    private double _upper;
    private long _changedSince;
    private ushort _leading;
    private byte _state;
    private byte _decision;
    private byte _alert;
    private byte _changed;

    public static KeptReading Of(in Reading reading) => new()
    {
        _time = reading.Time,
        _score = reading.Score,
        _anomaly = reading.AnomalyScore,
        _expected = reading.Forecast.Expected,
        _lower = reading.Forecast.Lower,
        _upper = reading.Forecast.Upper,
        _changedSince = reading.ChangedSince ?? 0,
        _leading = (ushort)reading.Leading,
        _state = (byte)reading.State,
        _decision = (byte)reading.Decision,
        _alert = (byte)reading.Alert,
        _changed = reading.ChangedSince is null ? (byte)0 : (byte)1,
    };

    public readonly bool IsSound => _state <= (byte)ReadingState.OutOfOrder && _decision <= (byte)ThresholdDecision.Anomaly && _alert <= (byte)AlertPhase.Ended;

    public readonly Reading Reading => new(
        _time, (ReadingState)_state, _score, _anomaly, (ThresholdDecision)_decision, new Forecast(_expected, _lower, _upper), _leading, (AlertPhase)_alert,
        _changed == 0 ? null : _changedSince);
}
