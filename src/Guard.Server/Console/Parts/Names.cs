using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Core.Scoring;

namespace Guard.Server.Console.Parts;

/// <summary>Says in words what decisions, slices and thresholds are, and where their pages stand.</summary>
internal static class Names
{
    public static string Address(Slice slice) => $"/slices/{slice}";

    public static string Address(KeptDecision decision) => $"/decisions/{decision.Number}";

    public static string StreamAddress(string stream) => $"/streams/view?stream={Uri.EscapeDataString(stream)}";

    /// <summary>Says what decided in a few words.</summary>
    public static string Cause(KeptDecision decision) => decision.Decision.Stage switch
    {
        DecisionStage.AllowList => $"allow list: {decision.ListReason}",
        DecisionStage.DenyList => $"deny list: {decision.ListReason}",
        DecisionStage.CrawlerList => $"crawler: {decision.ListReason}",
        _ when decision.Reasons.Count > 0 => string.Join(", ", Enumerable.Range(0, decision.Reasons.Count).Select(index => Feature(decision.Reasons[index].Feature).Name)),
        _ => Figures.None,
    };

    public static Feature Feature(int index) => ClickFeatures.Schema.Features[index];

    public static string Source(Slice slice, Slice source) => source == slice ? "own" : $"of {source}";

    public static string Explain(BackOffReason reason) => reason switch
    {
        BackOffReason.None => "its own share of the budget",
        BackOffReason.NoPurchasingClicks => "no purchasing click in the sample, so its FPR is unknown: it takes the slice's above",
        BackOffReason.TooFewPurchasingClicks => "too few purchasing clicks in the sample: it takes the slice's above",
        BackOffReason.OneThreshold => "one threshold for all traffic",
        _ => "thin, but its purchasing clicks show that the threshold above would harm it: it has a higher one",
    };
}
