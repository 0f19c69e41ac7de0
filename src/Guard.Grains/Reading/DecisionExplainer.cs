using System.Collections.Concurrent;
using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Core.Lifecycle;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Grains.Scoring;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Reading;

/// <summary>Makes kept decisions of rows, and explains them by the model that decided, which may be out of force. Safe for concurrent use.</summary>
/// <param name="store">Where models are kept.</param>
/// <param name="options">Names them.</param>
internal sealed class DecisionExplainer(IArtifactStore store, IOptions<PolicyOptions> options)
{
    private const int MostModels = 8;
    private readonly VersionedArtifacts _models = new(store, $"models/{options.Value.Name}");
    private readonly ConcurrentDictionary<string, IScorer?> _scorers = new(StringComparer.Ordinal);

    /// <summary>Makes a decision of a row.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="row">The row.</param>
    /// <param name="whole">Whether the contribution of every feature is told, and not those of the reasons alone.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<KeptDecision> ReadAsync(NumberedSegment segment, int row, bool whole, CancellationToken cancellationToken)
    {
        var scorer = await FindAsync(segment.Segment.Model, cancellationToken);
        var (decided, texts, features) = (segment.Rows[row], segment.Texts(row), segment.Features(row));
        var decision = decided.Decision();
        return new KeptDecision
        {
            Number = segment.First + row,
            ClickId = texts.Id,
            Source = texts.Source,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(decided.Time),
            Decision = decision,
            Reasons = scorer is null ? default : Explain(scorer, features, decision),
            ListReason = texts.ListReason,
            Features = features,
            Contributions = scorer is null || !whole ? default : Contributions(scorer, features),
            Model = segment.Segment.Model,
            Thresholds = segment.Segment.Thresholds,
            Traits = (Core.Clicks.ClickTraits)decided.Traits,
            CostMicros = decided.CostMicros,
            CampaignId = texts.Campaign,
            AdvertiserId = texts.Advertiser,
        };
    }

    private static Reasons Explain(IScorer scorer, float[] features, in Decision decision)
    {
        Span<Reasons> reasons = [default];
        DecisionReasons.Explain(scorer, features, [decision], reasons);
        return reasons[0];
    }

    private static float[] Contributions(IScorer scorer, float[] features)
    {
        var contributions = new float[features.Length];
        scorer.Explain(features, contributions);
        return contributions;
    }

    private async ValueTask<IScorer?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (_scorers.TryGetValue(version, out var known))
        {
            return known;
        }

        if (_scorers.Count >= MostModels)
        {
            _scorers.Clear();
        }

        try
        {
            return _scorers[version] = ModelArtifact.Read(await _models.ReadAsync(version, cancellationToken), ClickFeatures.Schema).Scorer;
        }
        catch (Exception exception) when (exception is ArtifactMissingException or ModelFormatException or InvalidDataException or ArgumentException)
        {
            // A model that is kept no longer explains nothing.
            return _scorers[version] = null;
        }
    }
}
