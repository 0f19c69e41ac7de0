namespace Guard.Server.Answers;

/// <summary>What was decided about a click.</summary>
/// <param name="ClickId">The click's id.</param>
/// <param name="Verdict">valid or invalid.</param>
/// <param name="Category">GIVT (a list) or SIVT (the model); absent where valid.</param>
/// <param name="DecidedBy">allow-list, deny-list, crawler-list or model.</param>
/// <param name="Score">The model's score in [0, 1].</param>
/// <param name="Slice">The click's slice.</param>
/// <param name="Threshold">A score at or above it is invalid; null where no score is.</param>
/// <param name="ThresholdSlice">The slice that the threshold comes from.</param>
/// <param name="Model">The model's version.</param>
/// <param name="Thresholds">The thresholds' version.</param>
/// <param name="Late">counted or uncounted; absent where the click was in time.</param>
/// <param name="CostMicros">What the advertiser pays, in millionths of the currency unit.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="AdvertiserId">The advertiser.</param>
/// <param name="Reasons">The list entry that matched, or the features that pushed the score most.</param>
public sealed record DecisionData(
    string ClickId,
    string Verdict,
    string? Category,
    string DecidedBy,
    float Score,
    string Slice,
    float? Threshold,
    string ThresholdSlice,
    string Model,
    string Thresholds,
    string? Late,
    long CostMicros,
    string? CampaignId,
    string? AdvertiserId,
    IReadOnlyList<DecisionReason> Reasons);
