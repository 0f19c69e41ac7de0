using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>The slices of a sample and which of them have a share of the budget.</summary>
/// <remarks>A slice has one where it has enough purchasing clicks; all traffic always does.</remarks>
internal sealed class SliceTree
{
    private readonly ClickCounts[] _totals;
    private readonly bool[] _own = new bool[Slice.Count];

    public SliceTree(SortedClicks clicks, CalibrationOptions options)
    {
        var none = new float[Slice.Count];
        none.AsSpan().Fill(float.PositiveInfinity);
        _totals = clicks.Count(none);
        Budget = All.Purchasing > 0 ? FalsePositiveBudget.Of(options, All.Purchasing) : throw new CalibrationException(
            $"None of the {All.Clicks} clicks led to a purchase, so no FPR is defined: give a longer span, or check that purchases arrive.");
        for (var code = 0; code < Slice.Count; code++)
        {
            _own[code] = code == Slice.All.Code || (_totals[code].Purchasing >= options.MinimumPurchasing && Budget.Affords(options, _totals[code].Purchasing));
        }
    }

    public FalsePositiveBudget Budget { get; }

    public ClickCounts All => _totals[Slice.All.Code];

    public ClickCounts this[int code] => _totals[code];

    public bool HasOwn(int code) => _own[code];

    public int Source(int code)
    {
        while (!_own[code])
        {
            code = Slice.FromCode(code).Parent.Code;
        }

        return code;
    }

    public BackOffReason Reason(int code) =>
        _own[code] ? BackOffReason.None
        : _totals[code].Purchasing == 0 ? BackOffReason.NoPurchasingClicks
        : BackOffReason.TooFewPurchasingClicks;
}
