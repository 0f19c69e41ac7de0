using Guard.Core.Calibration;
using Guard.Core.Features;
using Guard.Core.Lifecycle;
using Guard.Core.Scoring;
using Guard.Engine.Artifacts;

namespace Guard.Engine.Tests.Hosting;

/// <summary>Models and thresholds in force in an artifact store, drawn from a seed.</summary>
internal static class TestModels
{
    /// <summary>Publishes a pair and gets the versions of model and thresholds.</summary>
    public static async Task<(string Model, string Thresholds)> PublishAsync(string folder, int seed)
    {
        var store = new FileArtifactStore(folder);
        var drawn = RandomTraffic.Policy(seed);
        var random = new Random(seed);
        float[] golden = [.. Enumerable.Range(0, 2 * ClickFeatures.Schema.Width).Select(_ => (float)random.NextDouble())];
        var artifact = ModelArtifact.Create(drawn.Scorer, Card(seed), golden);
        var facts = RandomTraffic.Clicks(seed, 4000).Select(item => ClickFacts.Of(item.Click)).ToArray();
        var thresholds = ThresholdCalibrator.Calibrate(
            new CalibrationSample([.. facts.Select(_ => (float)random.NextDouble())], [.. facts.Select(_ => random.Next(5) == 0)], facts),
            new CalibrationOptions { Budget = .4, MinimumPurchasing = 20 },
            artifact.Version);
        var (models, sets) = (new VersionedArtifacts(store, "models/clicks"), new VersionedArtifacts(store, "thresholds/clicks"));
        await models.CreateAsync(artifact.Version, artifact.Files);
        await sets.CreateDocumentAsync(thresholds.Version, thresholds.ToJson());
        await sets.MoveCurrentAsync(thresholds.Version);
        await models.MoveCurrentAsync(artifact.Version);
        return (artifact.Version, thresholds.Version);
    }

    private static ModelCard Card(int seed) => new()
    {
        Name = "clicks",
        Kind = ModelKind.Network,
        SpanStart = DateTimeOffset.UnixEpoch.AddDays(20_000),
        SpanEnd = DateTimeOffset.UnixEpoch.AddDays(20_010),
        Clicks = 1000,
        Human = 600,
        NonHuman = 300,
        Excluded = 100,
        EffectiveSampleSize = 800,
        EffectiveSampleSizeUnclipped = 700,
        Seed = seed,
    };
}
