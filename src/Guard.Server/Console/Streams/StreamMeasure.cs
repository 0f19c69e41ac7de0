using System.Globalization;
using Guard.Core.Watching;
using Guard.Pictures;
using Guard.Server.Console.Parts;

namespace Guard.Server.Console.Streams;

/// <summary>What a stream's values are, and how a page writes them: known of Guard's own streams, and of a producer's only that they are numbers.</summary>
/// <param name="Label">What an axis says.</param>
/// <param name="Kind">How an axis is divided.</param>
/// <param name="Least">Where an axis begins; <see langword="null"/> where the readings do.</param>
/// <param name="Unit">What stands behind a value, with a space before it.</param>
internal sealed record StreamMeasure(string Label, AxisKind Kind = AxisKind.Number, double? Least = null, string Unit = "")
{
    private static readonly StreamMeasure s_any = new("value");

    /// <summary>Gets the names of the dimensions; none where they have only numbers.</summary>
    public IReadOnlyList<string> Dimensions { get; private init; } = [];

    public static StreamMeasure Of(string stream)
    {
        if (stream == OwnStreams.Latency)
        {
            return new("milliseconds", AxisKind.Number, 0, " ms") { Dimensions = ["median", "p99"] };
        }

        return !OwnStreams.IsOwn(stream) ? s_any : stream[(stream.LastIndexOf('.') + 1)..] switch
        {
            OwnStreams.Clicks => new("clicks in five minutes", AxisKind.Number, 0),
            OwnStreams.Ivr => new("IVR", AxisKind.Share, 0),
            OwnStreams.Fpr => new("FPR", AxisKind.Share, 0),
            OwnStreams.Score => new("mean score"),
            OwnStreams.Silence => new("minutes without a click", AxisKind.Number, 0, " min"),
            _ => s_any,
        };
    }

    /// <summary>Gets the y axis of the stream's readings.</summary>
    public Axis Axis => new(Label, Kind, Least);

    /// <summary>Writes a value with its unit.</summary>
    public string Write(double value) => Kind == AxisKind.Share ? Figures.Share(value) : double.IsFinite(value) ? Figures.Value(value) + Unit : Figures.None;

    /// <summary>Writes the range that was expected.</summary>
    public string Range(double lower, double upper) => Kind == AxisKind.Share
        ? string.Create(CultureInfo.InvariantCulture, $"[{lower * 100:0.00}, {upper * 100:0.00}] %")
        : $"[{Figures.Value(lower)}, {Figures.Value(upper)}]{Unit}";

    /// <summary>Names a dimension, such as 0 or median.</summary>
    public string Dimension(int index) => index < Dimensions.Count ? Dimensions[index] : index.ToString(CultureInfo.InvariantCulture);
}
