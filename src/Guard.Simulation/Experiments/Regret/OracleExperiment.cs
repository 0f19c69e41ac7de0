using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.Regret;

/// <summary>
/// The three figures that theory gives for a clipped SGD of constant rate: the stationary error per step, about σ√(η/2); the
/// cost of drift, Φ/η; and the cost of corruption, at most about Λλ.
/// </summary>
/// <param name="Runs">How many streams each figure averages.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Threads">How many runs go side by side.</param>
public sealed record OracleExperiment(int Runs, ulong Seed, int Threads)
{
    private const int Dimension = 10;
    private const int Length = 40_000;

    /// <summary>Measures the figures.</summary>
    public IReadOnlyList<MeasuredRow> Run() =>
        [Stationary(0.1), Stationary(0.01), Stationary(0.001), Drift(0.01), Drift(0.001), Corrupted(0.01, 4), Corrupted(0.01, 16)];

    private MeasuredRow Stationary(double rate)
    {
        var errors = ParallelRuns.Do(Runs, Threads, run =>
        {
            // The start is forgotten over the first half; the second is measured.
            var estimator = new ClippedSgd(new MeanLoss(Dimension), Options(rate, 30));
            var (source, sample, sum) = (Source(run), new double[Dimension], 0.0);
            for (var t = 0; t < Length; t++)
            {
                Noise.Gaussian.Fill(source, sample);
                sum += t < Length / 2 ? 0 : Norm(estimator.Parameters);
                estimator.Update(sample);
            }

            return sum / (Length - (Length / 2));
        });
        return MeasuredRow.Of($"stationary error, η={rate}: σ√(η/2)", errors, Math.Sqrt(rate / 2));
    }

    // The regret that three unit jumps add to the same stream without them, noise off.
    private MeasuredRow Drift(double rate)
    {
        var costs = ParallelRuns.Do(Runs, Threads, run =>
        {
            var estimator = new SgdMean(new ClippedSgd(new MeanLoss(Dimension), Options(rate, 30)));
            return new DriftScenario(Dimension, Length, Noise.None, Jumps: 3, Corruptions: 0, CorruptionSize: 0).Run(Source(run), [estimator])[0];
        });
        return MeasuredRow.Of($"drift cost of Φ=3, η={rate}: Φ/η", costs, 3 / rate);
    }

    private MeasuredRow Corrupted(double rate, double level)
    {
        const int Corruptions = 100;
        var costs = ParallelRuns.Do(Runs, Threads, run =>
        {
            var estimator = new SgdMean(new ClippedSgd(new MeanLoss(Dimension), Options(rate, level)));
            return new DriftScenario(Dimension, Length, Noise.None, Jumps: 0, Corruptions, CorruptionSize: 1e6).Run(Source(run), [estimator])[0];
        });
        return MeasuredRow.Of($"corruption cost of Λ=100, λ={level}: Λλ", costs, Corruptions * level);
    }

    private static ClippedSgdOptions Options(double rate, double level) =>
        new() { Rate = StepRate.Constant(rate), Clip = ClipLevel.Constant(level) };

    private static double Norm(ReadOnlySpan<double> vector)
    {
        var square = 0.0;
        foreach (var value in vector)
        {
            square += value * value;
        }

        return Math.Sqrt(square);
    }

    private SeededNoise Source(int run) => new(Seed, 1_000_000 + run);
}
