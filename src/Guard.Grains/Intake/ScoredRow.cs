using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Intake;

/// <summary>The decision of a click whose sender waits for it, with what it rests on.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.scored-row")]
public sealed class ScoredRow
{
    /// <summary>Gets the click and its decision, packed as segments keep them.</summary>
    [Id(0)]
    public required byte[] Row { get; init; }

    /// <summary>Gets the features, packed.</summary>
    [Id(1)]
    public required byte[] Features { get; init; }

    /// <summary>Gets the reasons, packed.</summary>
    [Id(2)]
    public required byte[] Reasons { get; init; }

    /// <summary>Gets the reason of the list entry that decided; <see langword="null"/> where the model decided.</summary>
    [Id(3)]
    public string? ListReason { get; init; }

    /// <summary>Gets the version of the model.</summary>
    [Id(4)]
    public required string Model { get; init; }

    /// <summary>Gets the version of the thresholds.</summary>
    [Id(5)]
    public required string Thresholds { get; init; }

    internal static ScoredRow Of(EventBatch batch, DecidedBatch decided, int row)
    {
        var policy = decided.Policy!;
        var decision = decided.Decisions[row];

        // This row alone: a batch may hold thousands for which nobody waits.
        Span<Reasons> reasons = [default];
        DecisionReasons.Explain(policy.Scorer, decided.Row(row), [decision], reasons);
        return new ScoredRow
        {
            Row = RowBytes.Of<DecidedRow>([new DecidedRow(batch.Clicks[row], decision)]),
            Features = RowBytes.Of<float>(decided.Row(row)),
            Reasons = RowBytes.Of<Reasons>(reasons),
            ListReason = policy.ListReasonOf(decision),
            Model = policy.Scorer.Version,
            Thresholds = policy.Thresholds.Version,
        };
    }

    /// <summary>Makes the decision that the sender is told; its number is not known before its segment is listed.</summary>
    internal KeptDecision ToKept(ClickNames names)
    {
        var row = RowBytes.Read<DecidedRow>(Row)[0];
        return new KeptDecision
        {
            Number = 0,
            ClickId = names.Id,
            Source = names.Source,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row.Time),
            Decision = row.Decision(),
            Reasons = RowBytes.Read<Reasons>(Reasons)[0],
            ListReason = ListReason,
            Features = RowBytes.Read<float>(Features).ToArray(),
            Model = Model,
            Thresholds = Thresholds,
            Traits = (ClickTraits)row.Traits,
            CostMicros = row.CostMicros,
            CampaignId = names.Campaign,
            AdvertiserId = names.Advertiser,
        };
    }
}
