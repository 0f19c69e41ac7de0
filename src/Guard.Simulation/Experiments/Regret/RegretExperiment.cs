using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.Regret;

/// <summary>
/// Regret of mean estimators under drift, heavy tails and corruption: d = 10, isotropic Pareto(2.2) noise with E‖z‖² = 1,
/// three unit jumps, and √T corrupted samples of size 10^6. In a setting all methods see the same streams.
/// </summary>
/// <param name="Runs">How many streams each figure averages.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Threads">How many runs go side by side; the result does not depend on it.</param>
/// <param name="LongestHorizon">The greatest T; the slopes are fitted over the decade up to it.</param>
public sealed record RegretExperiment(int Runs, ulong Seed, int Threads, int LongestHorizon = 100_000)
{
    private const int Dimension = 10;
    private const double Tail = 2.2;
    private const double CorruptionSize = 1e6;

    private static readonly double[][] SlopeReferences =
    [
        [0.83, 0.70, 0.68, 0.90, 1.01, 1.00],
        [0.80, 0.76, 0.76, 0.87, 0.96, 0.91],
        [1.01, 1.02, 1.02, 1.03, 0.99, 1.02],
    ];

    private static readonly Noise Symmetric = Noise.IsotropicPareto(Tail);

    /// <summary>Gets the values of T: five, even on a logarithmic scale.</summary>
    public IReadOnlyList<int> Horizons { get; } =
        [.. Enumerable.Range(0, 5).Select(step => (int)Math.Round(LongestHorizon * Math.Pow(10, (step - 4) / 4.0)))];

    /// <summary>Runs everything.</summary>
    public RegretReport Run() => new(Runs, Seed, Horizons, Slopes(), Skewed(), Corruption(), new OracleExperiment(Runs, Seed, Threads).Run());

    /// <summary>Measures the table of slopes.</summary>
    public IReadOnlyList<SlopeRow> Slopes()
    {
        var growing = ClipLevel.HorizonPower(2, 0.25);
        return
        [
            Row("drift only, λ=2T^(1/4)", SlopeReferences[0], MeanMethod.Columns(growing), Dimension, Symmetric, corrupted: false),
            Row("+ √T corruptions of size 1e6", SlopeReferences[1], MeanMethod.Columns(growing), Dimension, Symmetric, corrupted: true),
            Row("same, λ=2√T", SlopeReferences[2], MeanMethod.Columns(ClipLevel.HorizonPower(2, 0.5)), Dimension, Symmetric, corrupted: true),
        ];
    }

    /// <summary>
    /// Measures slopes on one-sided noise in one dimension, without drift, at η = T^(−2/3). The reference for a constant level
    /// does not say which level; it stands beside λ = σ.
    /// </summary>
    public SlopeRow Skewed()
    {
        var rate = StepRate.HorizonPower(2.0 / 3);
        MeanMethod[] methods =
        [
            MeanMethod.Sgd("λ=σ", rate, ClipLevel.Constant(1)),
            MeanMethod.Sgd("λ=2T^(1/4)", rate, ClipLevel.HorizonPower(2, 0.25)),
        ];
        return Row("skewed Pareto(2.2), d=1, no drift", [0.98, 0.70], methods, 1, Noise.SkewedPareto(Tail), corrupted: false, jumps: 0);
    }

    /// <summary>Measures mean errors under drift and corruption at the greatest T and η = T^(−1/2).</summary>
    public IReadOnlyList<MeasuredRow> Corruption()
    {
        var rate = StepRate.HorizonPower(0.5);
        (MeanMethod Method, double? Reference)[] methods =
        [
            (MeanMethod.Sgd("λ=2σ", rate, ClipLevel.Constant(2)), 0.033),
            (MeanMethod.Sgd("λ=2T^(1/4)", rate, ClipLevel.HorizonPower(2, 0.25)), 0.128),
            (MeanMethod.Sgd("λ=2T^(1/3)", rate, ClipLevel.HorizonPower(2, 1.0 / 3)), 0.308),
            (MeanMethod.Sgd("λ=2√T", rate, ClipLevel.HorizonPower(2, 0.5)), 2.05),
            (MeanMethod.Sgd("unclipped", rate, ClipLevel.None), 3221),
            (MeanMethod.Mixture, null),
        ];
        var runs = Streams([.. methods.Select(each => each.Method)], Dimension, LongestHorizon, Symmetric, corrupted: true, stream: Horizons.Count - 1);
        return [.. methods.Select((each, i) => MeasuredRow.Of(each.Method.Name, [.. runs.Select(run => run[i] / LongestHorizon)], each.Reference))];
    }

    private SlopeRow Row(string setting, double[] references, IReadOnlyList<MeanMethod> columns, int dimension, Noise noise, bool corrupted, int jumps = 3)
    {
        MeanMethod[] methods = [.. columns, MeanMethod.Mixture];
        var byHorizon = Horizons.Select((horizon, i) => Streams(methods, dimension, horizon, noise, corrupted, i, jumps)).ToArray();
        var cells = methods.Select((method, m) => new SlopeCell(
            method.Name,
            Slope.Fit(Horizons, [.. byHorizon.Select(runs => runs.Select(run => run[m]).ToArray())]),
            byHorizon[^1].Average(run => run[m]) / Horizons[^1],
            m < references.Length ? references[m] : null));
        return new SlopeRow(setting, [.. cells]);
    }

    private double[][] Streams(MeanMethod[] methods, int dimension, int horizon, Noise noise, bool corrupted, int stream, int jumps = 3)
    {
        var scenario = new DriftScenario(dimension, horizon, noise, jumps, corrupted ? (int)Math.Sqrt(horizon) : 0, CorruptionSize);
        return ParallelRuns.Do(Runs, Threads, run => scenario.Run(
            new SeededNoise(Seed, (run * Horizons.Count) + stream),
            [.. methods.Select(method => method.Create(dimension, horizon))]));
    }
}
