using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>A version of the thresholds: immutable, and safe for concurrent use.</summary>
public sealed class ThresholdSet
{
    private readonly float[] _thresholds = new float[Slice.Count];
    private readonly Slice[] _sources = new Slice[Slice.Count];

    internal ThresholdSet(string version, CalibrationRecord calibration, IReadOnlyList<SliceThreshold> slices)
    {
        (Version, Calibration, Slices) = (version, calibration, slices);
        var own = new SliceThreshold?[Slice.Count];
        foreach (var slice in slices)
        {
            own[slice.Slice.Code] = slice;
        }

        // A parent's code is below its children's.
        for (var code = 0; code < Slice.Count; code++)
        {
            var parent = Slice.FromCode(code).Parent.Code;
            _thresholds[code] = own[code]?.Threshold ?? _thresholds[parent];
            _sources[code] = own[code]?.Source ?? _sources[parent];
        }
    }

    /// <summary>Gets the version: the date of the sample's last click and eight hexadecimal digits of the content's SHA-256, such as <c>2026-01-04-3f9a1c2b</c>.</summary>
    public string Version { get; }

    /// <summary>Gets how the thresholds came about.</summary>
    public CalibrationRecord Calibration { get; }

    /// <summary>Gets every slice of the sample, <c>all</c> first, each before its parts.</summary>
    public IReadOnlyList<SliceThreshold> Slices { get; }

    /// <summary>Gets all traffic: its threshold, which every slice that is not listed under a nearer one takes, and the rates of the whole sample.</summary>
    public SliceThreshold All => Slices[0];

    /// <summary>Gets the threshold of a slice: its own, or its nearest ancestor's. Clicks with at least this score are invalidated.</summary>
    public float ThresholdOf(Slice slice) => _thresholds[slice.Code];

    /// <summary>Gets the threshold of a slice and the slice that it comes from.</summary>
    public float ThresholdOf(Slice slice, out Slice source)
    {
        source = _sources[slice.Code];
        return _thresholds[slice.Code];
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote, and trusts nothing.</summary>
    /// <exception cref="ThresholdFormatException">The document is cut short, of another format version, changed since it was written, or breaks a bound.</exception>
    public static ThresholdSet Parse(ReadOnlySpan<byte> utf8Json) => ThresholdDocument.Read(utf8Json);

    /// <summary>Writes the document as UTF-8 JSON, indented; the same set gives the same bytes.</summary>
    public byte[] ToJson() => ThresholdDocument.Write(this);

    internal static ThresholdSet Of(CalibrationRecord calibration, IReadOnlyList<SliceThreshold> slices) =>
        new(ThresholdDocument.VersionOf(calibration, slices), calibration, slices);
}
