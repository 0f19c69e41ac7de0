using Guard.Core.Clicks;
using Guard.Core.Scoring;

namespace Guard.Core.Hosting;

/// <summary>A decision as a host keeps it, with what it rests on.</summary>
public sealed record KeptDecision
{
    /// <summary>Gets its number, from 1, growing in the order of deciding: the cursor of readers.</summary>
    public required long Number { get; init; }

    /// <summary>Gets the click's CloudEvents <c>id</c>.</summary>
    public required string ClickId { get; init; }

    /// <summary>Gets the click's CloudEvents <c>source</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the click's event time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Gets the features that pushed the score most towards the verdict, strongest first; none where a list decided.</summary>
    public required Reasons Reasons { get; init; }

    /// <summary>Gets the reason of the list entry that decided, or the crawler pattern; <see langword="null"/> where the model decided.</summary>
    public string? ListReason { get; init; }

    /// <summary>Gets the features, in the order of <see cref="Features.ClickFeatures.Schema"/>.</summary>
    public required ReadOnlyMemory<float> Features { get; init; }

    /// <summary>
    /// Gets every feature's contribution to the score, in log-odds against the model's reference click, in the order of <see cref="Features"/>;
    /// empty where the host did not explain the decision: it does where a single one is asked for, as far as the model is still kept.
    /// </summary>
    public ReadOnlyMemory<float> Contributions { get; init; }

    /// <summary>Gets the version of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the version of the thresholds.</summary>
    public required string Thresholds { get; init; }

    /// <summary>Gets what intake found out, such as lateness.</summary>
    public ClickTraits Traits { get; init; }

    /// <summary>Gets what the advertiser pays for the click, in millionths of the currency unit.</summary>
    public long CostMicros { get; init; }

    /// <summary>Gets the campaign, or an empty text.</summary>
    public string CampaignId { get; init; } = "";

    /// <summary>Gets the advertiser, or an empty text.</summary>
    public string AdvertiserId { get; init; } = "";
}
