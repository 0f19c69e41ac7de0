using System.Diagnostics.CodeAnalysis;

using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>A slice of a threshold set as JSON; a null threshold invalidates nothing.</summary>
internal sealed record ThresholdDocumentSlice(
    string Slice,
    float? Threshold,
    string Source,
    BackOffReason BackOff,
    ClickCounts Counts,
    Rate Ivr,
    Rate? Fpr,
    Rate? Coverage)
{
    public static ThresholdDocumentSlice Of(SliceThreshold slice) => new(
        slice.Slice.ToString(),
        float.IsPositiveInfinity(slice.Threshold) ? null : slice.Threshold,
        slice.Source.ToString(),
        slice.BackOff,
        slice.Counts,
        slice.Ivr,
        slice.Fpr,
        slice.Coverage);

    public bool TryRead([NotNullWhen(true)] out SliceThreshold? result, [NotNullWhen(false)] out string? fault)
    {
        result = null;
        Slice slice;
        Slice source;
        try
        {
            (slice, source) = (Clicks.Slice.Parse(Slice), Clicks.Slice.Parse(Source));
        }
        catch (FormatException e)
        {
            fault = e.Message.TrimEnd('.');
            return false;
        }

        fault = slice.ToString() != Slice || source.ToString() != Source ? "a slice's name is not written in the usual way"
            : Threshold is { } threshold && !(threshold is >= 0 and <= 1) ? $"threshold {threshold} is outside [0, 1]"
            : !Enum.IsDefined(BackOff) || (BackOff is BackOffReason.None or BackOffReason.ProtectedFromParent) != (slice == source) ? "the reason to back off does not fit the source"
            : !IsAncestorOrSelf(source, slice) ? $"the source '{source}' does not contain the slice"
            : !InOrder(Counts.Invalidated, Counts.Clicks) || !InOrder(Counts.FalsePositives, Counts.Purchasing) || !InOrder(Counts.Covered, Counts.Robotic) ? "a count is negative or exceeds its total"
            : !Fits(Ivr, Counts.Clicks) || !Fits(Fpr, Counts.Purchasing) || !Fits(Coverage, Counts.Robotic) ? "a rate is outside its interval or [0, 1]"
            : null;
        if (fault is not null)
        {
            return false;
        }

        result = new SliceThreshold(slice, Threshold ?? float.PositiveInfinity, source, BackOff, Counts, Ivr, Fpr, Coverage);
        return true;
    }

    private static bool IsAncestorOrSelf(Slice ancestor, Slice slice)
    {
        while (slice != ancestor && slice.Depth > 0)
        {
            slice = slice.Parent;
        }

        return slice == ancestor;
    }

    private static bool InOrder(int count, int total) => count >= 0 && count <= total;

    private static bool Fits(Rate? rate, int total) =>
        rate is { } r ? total > 0 && r.Lower >= 0 && r.Lower <= r.Value && r.Value <= r.Upper && r.Upper <= 1 : total == 0;
}
