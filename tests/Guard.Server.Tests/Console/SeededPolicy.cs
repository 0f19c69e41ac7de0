using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Server.Tests.Console;

/// <summary>A linear model over the features of <see cref="ClickFeatures"/>, clicks that it tells apart, and thresholds calibrated on them.</summary>
internal static class SeededPolicy
{
    private static readonly string[] s_devices = ["mobile", "mobile", "mobile", "desktop", "desktop", "tablet"];
    private static readonly string[] s_marketplaces = ["DE", "DE", "FR", "IN", "US", "US", "US"];

    public static LinearModel Model { get; } = new(
        "2026-03-08-5ac0ffee", ClickFeatures.Schema,
        [.8f, .5f, .25f, .2f, -.28f, 3.1f, 1.4f, .35f, .3f, .15f, .05f, -.1f, -.35f, .45f, .2f, -.05f, .1f, -.1f, .05f, .05f, -1.1f, .15f, .1f, .8f],
        -1.6f,
        [.7f, .75f, 1.1f, 1.4f, 12.5f, .05f, .12f, 1.2f, 1.1f, 2.1f, 3.3f, 11f, 1.2f, .8f, .7f, 6f, 0, 0, 0, 0, .6f, .6f, .3f, .1f]);

    /// <summary>Draws the features of a click.</summary>
    public static float[] Features(Random random, bool robot)
    {
        var features = new float[ClickFeatures.Schema.Width];
        for (var index = 0; index < features.Length; index++)
        {
            var feature = ClickFeatures.Schema.Features[index];
            var spread = feature.Unit.StartsWith("ln", StringComparison.Ordinal) ? .7 : .08;
            features[index] = (float)Math.Clamp(Model.Reference[index] + (random.NextDouble() + random.NextDouble() - 1) * spread, feature.Minimum, feature.Maximum);
        }

        features[21] = random.Next(3) == 0 ? 0 : 1;
        features[22] = 1 - features[21];
        features[23] = random.Next(12) == 0 ? .5f : 0;
        features[20] = random.NextDouble() < .6 && !robot ? 1 : 0;
        features[3] = MathF.Log(1 + random.Next(1, robot ? 80 : 6));
        if (robot)
        {
            features[0] += 1.2f * random.NextSingle();
            features[4] = MathF.Log(1 + random.Next(900, 9000));
            features[5] = .35f + .5f * random.NextSingle();
            features[6] = .3f + .6f * random.NextSingle();
        }

        return features;
    }

    public static Slice Leaf(Random random) =>
        Slice.Parse($"{s_devices[random.Next(s_devices.Length)]}/{(random.Next(3) == 0 ? "out" : "in")}/{s_marketplaces[random.Next(s_marketplaces.Length)]}");

    public static float ScoreOf(float[] features)
    {
        var score = new float[1];
        Model.Score(features, score);
        return score[0];
    }

    public static PolicyView View(DateTimeOffset now)
    {
        var random = new Random(7);
        const int count = 12_000;
        var (scores, purchasing, facts) = (new float[count], new bool[count], new ClickFacts[count]);
        for (var index = 0; index < count; index++)
        {
            var robot = random.NextDouble() < .12;
            scores[index] = ScoreOf(Features(random, robot));
            purchasing[index] = !robot && random.NextDouble() < .09;
            facts[index] = new ClickFacts(now.AddHours(-90).ToUnixTimeMilliseconds() + index * 15_000L, (ulong)index, (ulong)index / 4, (ulong)index / 4, 300_000, Leaf(random), false);
        }

        var thresholds = ThresholdCalibrator.Calibrate(new CalibrationSample(scores, purchasing, facts), new CalibrationOptions(), Model.Version);
        return new PolicyView(Card(now), thresholds, now.AddHours(-31), now.AddSeconds(-12), null, 14, 57);
    }

    private static ModelCard Card(DateTimeOffset now) => new()
    {
        Name = "clicks",
        Version = Model.Version,
        Kind = ModelKind.Logistic,
        SpanStart = now.AddDays(-16),
        SpanEnd = now.AddDays(-4),
        Clicks = 188_402,
        Human = 5_210,
        NonHuman = 171_377,
        Excluded = 11_815,
        EffectiveSampleSize = 31_240,
        EffectiveSampleSizeUnclipped = 28_411,
        Seed = 1,
        Hyperparameters = new Dictionary<string, double>(StringComparer.Ordinal) { ["epochs"] = 5, ["batch"] = 256, ["rate"] = .003 }.ToSortedHyperparameters(),
        UnusedFeatures = ["time.week.sin", "time.week.cos"],
        Metrics =
        [
            new ModelMetrics("logistic", "validation", 37_680, 1_044, new Estimate(.8312, .0061), new Estimate(.2211, .0042)),
            new ModelMetrics("velocity", "validation", 37_680, 1_044, new Estimate(.6120, .0088), new Estimate(.4019, .0050)),
        ],
    };

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, double> ToSortedHyperparameters(this Dictionary<string, double> values) =>
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, values);
}
