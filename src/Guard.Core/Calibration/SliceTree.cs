using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>The slices of a sample and which of them carry a threshold of their own.</summary>
/// <remarks>A slice carries its own where it has enough purchasing clicks; all traffic always does. Any other takes its nearest ancestor's that does.</remarks>
internal sealed class SliceTree
{
    private readonly ClickCounts[] _totals;
    private readonly int _minimumPurchasing;

    public SliceTree(SortedClicks clicks, int minimumPurchasing)
    {
        var none = new float[Slice.Count];
        none.AsSpan().Fill(float.PositiveInfinity);
        _totals = clicks.Count(none);
        _minimumPurchasing = minimumPurchasing;
    }

    public ClickCounts All => _totals[Slice.All.Code];

    public ClickCounts this[int code] => _totals[code];

    public bool HasOwn(int code) => code == Slice.All.Code || _totals[code].Purchasing >= _minimumPurchasing;

    public int Source(int code)
    {
        while (!HasOwn(code))
        {
            code = Slice.FromCode(code).Parent.Code;
        }

        return code;
    }

    public BackOffReason Reason(int code) =>
        HasOwn(code) ? BackOffReason.None
        : _totals[code].Purchasing == 0 ? BackOffReason.NoPurchasingClicks
        : BackOffReason.TooFewPurchasingClicks;
}
