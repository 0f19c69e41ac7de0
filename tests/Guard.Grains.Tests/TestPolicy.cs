using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Lifecycle;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Grains.Tests;

/// <summary>A model and thresholds drawn from a seed, as artifacts that a cluster reads.</summary>
internal static class TestPolicy
{
    public static ModelArtifact Model(int seed)
    {
        var network = RandomTraffic.Policy(seed).Scorer;
        var card = new ModelCard
        {
            Name = "clicks",
            Kind = ModelKind.Network,
            SpanStart = DateTimeOffset.UnixEpoch,
            SpanEnd = DateTimeOffset.UnixEpoch.AddDays(seed),
            Clicks = 1,
            Human = 1,
            NonHuman = 0,
            Excluded = 0,
            EffectiveSampleSize = 1,
            EffectiveSampleSizeUnclipped = 1,
            Seed = seed,
        };
        return ModelArtifact.Create(network, card, new float[ClickFeatures.Schema.Width]);
    }

    public static ThresholdSet Thresholds(string model, int seed)
    {
        var random = new Random(seed);
        var facts = RandomTraffic.Clicks(seed, 4000).Select(item => ClickFacts.Of(item.Click)).ToArray();
        var scores = facts.Select(_ => (float)random.NextDouble()).ToArray();
        var purchasing = facts.Select(_ => random.Next(5) == 0).ToArray();
        return ThresholdCalibrator.Calibrate(new CalibrationSample(scores, purchasing, facts), new CalibrationOptions { Budget = .4, MinimumPurchasing = 20 }, model);
    }

    /// <summary>Puts a model and thresholds in force, and gets the policy that they make.</summary>
    public static async Task<DecisionPolicy> PublishAsync(IArtifactStore store, int seed = 1)
    {
        var model = Model(seed);
        var thresholds = Thresholds(model.Version, seed);
        var models = new VersionedArtifacts(store, "models/clicks");
        await models.CreateAsync(model.Version, model.Files);
        await models.MoveCurrentAsync(model.Version);
        await PublishAsync(store, thresholds);
        return new DecisionPolicy(model.Scorer, thresholds, AccessList.Empty, CrawlerList.BuiltIn);
    }

    public static async Task PublishAsync(IArtifactStore store, ThresholdSet thresholds)
    {
        var sets = new VersionedArtifacts(store, "thresholds/clicks");
        await sets.CreateDocumentAsync(thresholds.Version, thresholds.ToJson());
        await sets.MoveCurrentAsync(thresholds.Version);
    }
}
