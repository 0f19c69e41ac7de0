using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Grains.Surrogates;

/// <summary>Carries <see cref="StreamAlert"/> between silos.</summary>
[RegisterConverter]
public sealed class StreamAlertConverter : IConverter<StreamAlert, StreamAlertSurrogate>
{
    /// <inheritdoc/>
    public StreamAlert ConvertFromSurrogate(in StreamAlertSurrogate surrogate)
    {
        var (start, peak, end) = surrogate.Times;
        var (score, expected, observed) = surrogate.Values;
        Contribution[] contributions = [.. surrogate.Contributions.Select(static part => new Contribution(part.Dimension, part.Share))];
        return new StreamAlert(surrogate.Id, surrogate.Number, surrogate.Stream, new Alert(start, peak, end, score, expected, observed, contributions));
    }

    /// <inheritdoc/>
    public StreamAlertSurrogate ConvertToSurrogate(in StreamAlert value) => new()
    {
        Id = value.Id,
        Number = value.Number,
        Stream = value.Stream,
        Times = (value.Alert.Start, value.Alert.Peak, value.Alert.End),
        Values = (value.Alert.Score, value.Alert.Expected, value.Alert.Observed),
        Contributions = [.. value.Alert.Contributions.Select(static part => (part.Dimension, part.Share))],
    };
}
