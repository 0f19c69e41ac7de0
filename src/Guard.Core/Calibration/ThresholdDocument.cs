using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>A threshold set as JSON.</summary>
internal sealed record ThresholdDocument(
    string Format,
    string Version,
    string ModelVersion,
    CalibrationOptions Options,
    double? Price,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ThresholdDocumentSlice> Slices)
{
    private const string CurrentFormat = "guard.thresholds.v1";
    private const string Mend = "restore the file, or calibrate again";

    public static byte[] Write(ThresholdSet set) => Write(set.Version, set.Calibration, set.Slices);

    /// <summary>Gets the version that the content stands for; the document itself is hashed without it.</summary>
    public static string VersionOf(CalibrationRecord calibration, IReadOnlyList<SliceThreshold> slices)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Write("", calibration, slices)));
        return $"{calibration.To.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-{hash[..8]}";
    }

    public static ThresholdSet Read(ReadOnlySpan<byte> utf8Json)
    {
        ThresholdDocument document;
        try
        {
            document = JsonSerializer.Deserialize(utf8Json, ThresholdJson.Default.ThresholdDocument)
                ?? throw new ThresholdFormatException($"The thresholds are null: {Mend}.");
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $", line {line + 1}" : "";
            throw new ThresholdFormatException($"The thresholds are no valid document{place}, at {e.Path ?? "$"}: {Mend}.", e);
        }

        if (document.Format != CurrentFormat)
        {
            throw new ThresholdFormatException($"The thresholds have the format '{Short(document.Format)}' where this program reads {CurrentFormat}: calibrate again with this program, or use the one that wrote them.");
        }

        var slices = document.CheckedSlices();
        var calibration = new CalibrationRecord(document.ModelVersion, document.Options, document.Price, document.From, document.To, document.Notes);
        var version = VersionOf(calibration, slices);
        return document.Version == version
            ? new ThresholdSet(version, calibration, slices)
            : throw new ThresholdFormatException($"The thresholds' content is not that of version '{Short(document.Version)}', so they were changed after they were written: {Mend}.");
    }

    private static byte[] Write(string version, CalibrationRecord calibration, IReadOnlyList<SliceThreshold> slices)
    {
        var document = new ThresholdDocument(
            CurrentFormat,
            version,
            calibration.ModelVersion,
            calibration.Options,
            calibration.Price,
            calibration.From,
            calibration.To,
            calibration.Notes,
            [.. slices.Select(ThresholdDocumentSlice.Of)]);
        return JsonSerializer.SerializeToUtf8Bytes(document, ThresholdJson.Default.ThresholdDocument);
    }

    private SliceThreshold[] CheckedSlices()
    {
        if (Options.Problem() is { } problem)
        {
            throw new ThresholdFormatException($"The thresholds at $.options: {problem}: {Mend}.");
        }

        if (To < From || Price is { } price && !(price >= 0 && double.IsFinite(price)))
        {
            throw new ThresholdFormatException($"The thresholds have a span that ends before it begins, or a price below 0: {Mend}.");
        }

        var seen = new SliceThreshold?[Slice.Count];
        var slices = new SliceThreshold[Slices.Count];
        for (var i = 0; i < slices.Length; i++)
        {
            if (Slices[i] is not { } entry)
            {
                throw new ThresholdFormatException($"The thresholds at $.slices[{i}]: null: {Mend}.");
            }

            if (!entry.TryRead(out var slice, out var fault))
            {
                throw new ThresholdFormatException($"The thresholds at $.slices[{i}] ('{Short(entry.Slice)}'): {fault}: {Mend}.");
            }

            var order = i > 0 && slice.Slice.Code <= slices[i - 1].Slice.Code;
            if (order || (slice.Source != slice.Slice && seen[slice.Source.Code]?.Threshold != slice.Threshold))
            {
                var what = order ? "the slice is listed twice or out of order" : $"the threshold is not that of its source '{slice.Source}'";
                throw new ThresholdFormatException($"The thresholds at $.slices[{i}] ('{slice.Slice}'): {what}: {Mend}.");
            }

            seen[slice.Slice.Code] = slices[i] = slice;
        }

        return seen[Slice.All.Code] is not null
            ? slices
            : throw new ThresholdFormatException($"The thresholds lack the slice 'all', which every other falls back to: {Mend}.");
    }

    /// <summary>Keeps text from a broken document short and on one line.</summary>
    private static string Short(string text)
    {
        var result = new StringBuilder();
        foreach (var symbol in text.AsSpan(0, Math.Min(text.Length, 40)))
        {
            result.Append(char.IsControl(symbol) ? '?' : symbol);
        }

        return text.Length > 40 ? result.Append('…').ToString() : result.ToString();
    }
}
