using System.Collections.Concurrent;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Policy;

namespace Guard.Engine.Decisions;

/// <summary>Makes kept decisions of rows: finds the policy that decided, and explains by its model, which may be out of force. Safe for concurrent use.</summary>
/// <param name="policies">The policies that the log names.</param>
/// <param name="source">Where models are found by version.</param>
internal sealed class DecisionReader(KeptPolicies policies, PolicySource source)
{
    private const int MostModels = 8;
    private readonly ConcurrentDictionary<string, IScorer?> _models = new(StringComparer.Ordinal);

    /// <summary>Makes a decision.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="whole">Whether the contribution of every feature is told, and not those of the reasons alone.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<KeptDecision> ReadAsync(KeptRow row, bool whole, CancellationToken cancellationToken)
    {
        var policy = policies.Find(row.Policy);
        var scorer = policy is null ? null : await FindAsync(policy.Model, cancellationToken);
        var decision = row.Decision;
        return new KeptDecision
        {
            Number = row.Click.Sequence,
            ClickId = row.Id,
            Source = row.Source,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row.Click.Time),
            Decision = decision,
            Reasons = scorer is null ? default : Explain(scorer, row),
            ListReason = policy?.ListReasonOf(decision),
            Features = row.Features,
            Contributions = scorer is null || !whole ? default : Contributions(scorer, row),
            Model = policy?.Model ?? "unknown",
            Thresholds = policy?.Thresholds ?? "unknown",
            Traits = row.Click.Traits,
            CostMicros = row.Click.CostMicros,
            CampaignId = row.Campaign,
            AdvertiserId = row.Advertiser,
        };
    }

    private static Reasons Explain(IScorer scorer, KeptRow row)
    {
        Span<Reasons> reasons = [default];
        DecisionReasons.Explain(scorer, row.Features, [row.Decision], reasons);
        return reasons[0];
    }

    private static float[] Contributions(IScorer scorer, KeptRow row)
    {
        var contributions = new float[row.Features.Length];
        scorer.Explain(row.Features, contributions);
        return contributions;
    }

    private async ValueTask<IScorer?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (_models.TryGetValue(version, out var known))
        {
            return known;
        }

        if (_models.Count >= MostModels)
        {
            _models.Clear();
        }

        return _models[version] = await source.FindAsync(version, cancellationToken);
    }
}
