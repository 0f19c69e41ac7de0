using Guard.Core.Estimation.Thresholding;

namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>The synthetic experiment on abstaining thresholds: quantile 0.99, α = 0.001, normal scores.</summary>
public static class ThresholdExperiment
{
    private const double Quantile = 0.99;
    private const double Alpha = 1e-3;
    private const int MostFurtherRuns = 100;

    /// <summary>Runs Guard's threshold in the published and in further settings.</summary>
    /// <param name="runs">Streams a setting, at least 1.</param>
    /// <param name="seed">Makes the streams; the same seed gives the same result on any number of threads.</param>
    /// <param name="threads">Streams side by side.</param>
    public static IReadOnlyList<ThresholdResult> Run(int runs, ulong seed, int threads) =>
        [
            .. ThresholdSetting.Published.Select(setting => Ours(setting, runs, seed, threads)),
            .. ThresholdSetting.Further.Select(setting => Ours(setting, Math.Min(runs, MostFurtherRuns), seed, threads)),
        ];

    /// <summary>Runs the published algorithm as we read it, in the published settings; costly, its history is unbounded.</summary>
    public static IReadOnlyList<ThresholdResult> RunPublished(int runs, ulong seed, int threads) =>
        [.. ThresholdSetting.Published.Select(setting => Collect(setting, "published", runs, seed, threads, Published))];

    /// <summary>What bounded memory costs on long independent streams: each capacity against exact ranks, on the same scores.</summary>
    public static IReadOnlyList<ThresholdResult> RunCapacities(int runs, ulong seed, int threads, int length)
    {
        var setting = new ThresholdSetting($"iid, {length:N0} scores", [new ScoreSegment(length, 0, 1)], []);
        int[] capacities = [16, 32, 64, 128, int.MaxValue];
        return
        [
            .. capacities.Select(capacity => Collect(
                setting,
                capacity == int.MaxValue ? "exact" : $"{capacity} a level",
                runs,
                seed,
                threads,
                (s, noise) => Ours(s, noise, capacity))),
        ];
    }

    private static ThresholdResult Ours(ThresholdSetting setting, int runs, ulong seed, int threads) =>
        Collect(setting, "Guard", runs, seed, threads, static (s, noise) => Ours(s, noise, new AbstainingThresholdOptions().Capacity));

    private static ThresholdResult Collect(
        ThresholdSetting setting, string algorithm, int runs, ulong seed, int threads, Func<ThresholdSetting, SeededNoise, ThresholdTally> run)
    {
        var tallies = ParallelRuns.Do(runs, threads, i => run(setting, new SeededNoise(seed, i)));
        return ThresholdResult.Of(setting.Name, algorithm, tallies, setting.QuotedAbstentions, setting.QuotedMistakes);
    }

    private static ThresholdTally Ours(ThresholdSetting setting, SeededNoise noise, int capacity)
    {
        OfflineScores[] offline = [.. setting.Offline.Select((segment, i) => Offline(segment, i, noise))];
        var options = new AbstainingThresholdOptions { Quantile = Quantile, Alpha = Alpha, Capacity = capacity };
        var threshold = new AbstainingThreshold(options, offline);
        var tally = default(ThresholdTally);
        var stored = 0;
        foreach (var segment in setting.Segments)
        {
            var truth = segment.Quantile(Quantile);
            for (var i = 0; i < segment.Length; i++)
            {
                var score = segment.Draw(noise);
                tally.Add(threshold.Update(score).Decision, score > truth);
                stored = i % 16 == 0 ? Math.Max(stored, threshold.Stored) : stored;
            }
        }

        tally.Restarts = (int)threshold.Restarts;
        tally.Stored = stored;
        tally.RankError = threshold.RankError;
        return tally;
    }

    private static ThresholdTally Published(ThresholdSetting setting, SeededNoise noise)
    {
        OfflineScores[] offline = [.. setting.Offline.Select((segment, i) => Offline(segment, i, noise))];
        var threshold = new PublishedThreshold(Quantile, Alpha, offline.FirstOrDefault());
        var tally = default(ThresholdTally);
        foreach (var segment in setting.Segments)
        {
            var truth = segment.Quantile(Quantile);
            for (var i = 0; i < segment.Length; i++)
            {
                var score = segment.Draw(noise);
                tally.Add(threshold.Update(score), score > truth);
            }
        }

        tally.Restarts = threshold.Restarts;
        return tally;
    }

    private static OfflineScores Offline(ScoreSegment segment, int index, SeededNoise noise)
    {
        var scores = new double[segment.Length];
        foreach (ref var score in scores.AsSpan())
        {
            score = segment.Draw(noise);
        }

        return new OfflineScores($"set {index}", scores);
    }
}
