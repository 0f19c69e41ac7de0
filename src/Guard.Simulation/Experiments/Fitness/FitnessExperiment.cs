using Guard.Core.Estimation.Fitness;
using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Simulation.Experiments.Fitness;

/// <summary>Three offline detectors, left as fitted, fine-tuned on recent points alone, and on recent and similar points.</summary>
public static class FitnessExperiment
{
    /// <summary>The modes: null leaves the detector as it was fitted.</summary>
    public static IReadOnlyList<(string Name, FitnessOptions? Options)> Modes { get; } =
    [
        ("offline", null),
        ("last 32", new FitnessOptions { Recent = 32, Similar = 32 }),
        ("last 256", new FitnessOptions { Recent = 256, Similar = 256 }),
        ("FITNESS", new FitnessOptions()),
    ];

    /// <summary>The detectors.</summary>
    public static IReadOnlyList<(string Name, Func<int, IOfflineDetector> Create)> Detectors { get; } =
    [
        ("Mahalanobis", static d => new MahalanobisDetector(d)),
        ("clipped SGD", static d => new ClippedDetector(d)),
        ("isolation", static d => new IsolationDetector(d)),
    ];

    /// <summary>Series of the benchmark that are tried.</summary>
    public static IReadOnlyList<string> Series { get; } =
    [
        "realKnownCause/nyc_taxi.csv",
        "realKnownCause/ec2_request_latency_system_failure.csv",
        "realKnownCause/ambient_temperature_system_failure.csv",
        "realAWSCloudwatch/ec2_cpu_utilization_5f5533.csv",
        "realAWSCloudwatch/rds_cpu_utilization_cc0c53.csv",
    ];

    /// <summary>Runs on every kind of synthetic drift.</summary>
    /// <param name="runs">Sets of each kind.</param>
    /// <param name="seed">Makes the sets.</param>
    /// <param name="threads">Runs side by side.</param>
    public static IReadOnlyList<FitnessResult> RunSynthetic(int runs, ulong seed, int threads) =>
    [
        .. Enum.GetValues<DriftKind>().SelectMany(kind => Run([.. Enumerable.Range(0, runs).Select(run => DriftingPoints.Make(kind, new SeededNoise(seed, run)))], threads)),
    ];

    /// <summary>Runs on series of the benchmark.</summary>
    /// <param name="dataFolder">The folder that holds <c>series/nab</c>.</param>
    /// <param name="threads">Runs side by side.</param>
    public static IReadOnlyList<FitnessResult> RunSeries(string dataFolder, int threads) =>
        [.. Series.SelectMany(series => Run([BenchmarkSeries.Load(dataFolder, series)], threads))];

    private static FitnessResult[] Run(LabelledPoints[] sets, int threads)
    {
        var cases = Detectors.Count * Modes.Count;
        var precision = new double[cases, sets.Length];
        var area = new double[cases, sets.Length];
        Parallel.For(0, cases * sets.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var (@case, set) = (i / sets.Length, i % sets.Length);
            var scores = Score(sets[set], Detectors[@case / Modes.Count].Create(sets[set].Dimension), Modes[@case % Modes.Count].Options);
            var labels = sets[set].Anomalous[sets[set].Offline..];
            precision[@case, set] = Ranking.AveragePrecision(scores, labels);
            area[@case, set] = Ranking.RocArea(scores, labels);
        });
        return
        [
            .. Enumerable.Range(0, cases).Select(c => new FitnessResult(
                sets[0].Name,
                Detectors[c / Modes.Count].Name,
                Modes[c % Modes.Count].Name,
                Estimate.Of([.. Enumerable.Range(0, sets.Length).Select(s => precision[c, s])]),
                Estimate.Of([.. Enumerable.Range(0, sets.Length).Select(s => area[c, s])]))),
        ];
    }

    private static double[] Score(LabelledPoints points, IOfflineDetector detector, FitnessOptions? options)
    {
        detector.Fit(points.Values.AsSpan(0, points.Offline * points.Dimension));
        var scores = new double[points.Count - points.Offline];
        var online = options is null ? null : new FitnessDetector(detector, options);
        for (var t = 0; t < points.Count; t++)
        {
            if (t < points.Offline)
            {
                online?.Learn(points.Point(t));
                continue;
            }

            scores[t - points.Offline] = online?.Update(points.Point(t)) ?? detector.Score(points.Point(t));
        }

        return scores;
    }
}
