using Guard.Core.Estimation.Detection;
using Guard.Core.Estimation.Thresholding;
using Guard.Core.Hosting;

namespace Guard.Grains.Surrogates;

/// <summary>Carries <see cref="StreamReading"/> between silos.</summary>
[RegisterConverter]
public sealed class StreamReadingConverter : IConverter<StreamReading, StreamReadingSurrogate>
{
    /// <inheritdoc/>
    public StreamReading ConvertFromSurrogate(in StreamReadingSurrogate surrogate)
    {
        var (time, changed) = surrogate.Times;
        var (state, decision, alert, leading) = surrogate.Kinds;
        var (expected, lower, upper) = surrogate.Forecast;
        return new StreamReading(surrogate.Values, new Core.Estimation.Detection.Reading(
            time, (ReadingState)state, surrogate.Scores.Score, surrogate.Scores.AnomalyScore, (ThresholdDecision)decision, new Forecast(expected, lower, upper), leading, (AlertPhase)alert, changed));
    }

    /// <inheritdoc/>
    public StreamReadingSurrogate ConvertToSurrogate(in StreamReading value)
    {
        var reading = value.Reading;
        return new StreamReadingSurrogate
        {
            Values = [.. value.Values],
            Times = (reading.Time, reading.ChangedSince),
            Kinds = ((int)reading.State, (int)reading.Decision, (int)reading.Alert, reading.Leading),
            Scores = (reading.Score, reading.AnomalyScore),
            Forecast = (reading.Forecast.Expected, reading.Forecast.Lower, reading.Forecast.Upper),
        };
    }
}
