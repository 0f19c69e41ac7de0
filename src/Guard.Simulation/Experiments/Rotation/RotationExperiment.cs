using Guard.Core.Estimation;
using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Simulation.Experiments.Rotation;

/// <summary>
/// A logistic regression on pixels that is updated by SGD after every input, scored on each input before it learns from it.
/// </summary>
public static class RotationExperiment
{
    /// <summary>Inputs of a block of the series.</summary>
    public const int Block = 100;

    /// <summary>Inputs at which the normal digit switches.</summary>
    public static IReadOnlyList<int> Switches { get; } = [.. Enumerable.Range(1, RotatingDigits.NormalDigits.Count - 1).Select(static s => s * RotatingDigits.SegmentLength)];

    /// <summary>Windows around a switch, in inputs after it; negative is before.</summary>
    public static IReadOnlyList<(int From, int To)> Windows { get; } = [(-500, 0), (0, 100), (100, 300), (300, 600), (600, 1000)];

    /// <summary>
    /// The estimators compared; all start at 0 with about the same first step. Clip levels are tuning-free: the default one, and twice the 0.9 quantile of the
    /// last 256 gradient norms, since most gradients of a fitted logistic regression are nearly 0.
    /// </summary>
    public static IReadOnlyList<(string Name, ClippedSgdOptions Options)> Estimators { get; } =
    [
        ("clipped", new ClippedSgdOptions { Rate = Rate, Clip = ClipLevel.RollingQuantile(), Horizon = RotatingDigits.Length }),
        ("clipped, upper quantile", new ClippedSgdOptions { Rate = Rate, Clip = Upper, Horizon = RotatingDigits.Length }),
        ("unclipped", new ClippedSgdOptions { Rate = Rate, Clip = ClipLevel.None, Horizon = RotatingDigits.Length }),
        ("decaying, clipped", new ClippedSgdOptions { Rate = Decaying, Clip = Upper }),
        ("decaying, unclipped", new ClippedSgdOptions { Rate = Decaying, Clip = ClipLevel.None }),
    ];

    private static StepRate Rate => StepRate.HorizonPower(2.0 / 3, 10);

    private static ClipLevel Upper => ClipLevel.RollingQuantile(0.9, 2, 0, 256);

    private static StepRate Decaying => StepRate.InverseTime(2, 50);

    /// <summary>Runs every estimator on clean and on wrecked streams; all see the same inputs.</summary>
    /// <param name="images">The digits.</param>
    /// <param name="runs">Streams of each kind.</param>
    /// <param name="seed">Makes the streams.</param>
    /// <param name="threads">Streams side by side.</param>
    public static IReadOnlyList<RotationResult> Run(DigitImages images, int runs, ulong seed, int threads) =>
        [.. Run(images, false, runs, seed, threads), .. Run(images, true, runs, seed, threads)];

    private static RotationResult[] Run(DigitImages images, bool wreck, int runs, ulong seed, int threads)
    {
        var hits = ParallelRuns.Do(runs, threads, run => Stream(images, wreck, new SeededNoise(seed, run)));
        return
        [
            .. Estimators.Select((estimator, e) => new RotationResult(
                wreck ? "2 % wrecked" : "clean",
                estimator.Name,
                Estimate.Of([.. hits.Select(run => Accuracy(run[e], 0, RotatingDigits.Length))]),
                [.. Windows.Select(window => Estimate.Of([.. hits.Select(run => Around(run[e], window))]))],
                [.. Enumerable.Range(0, RotatingDigits.Length / Block).Select(b => hits.Average(run => Accuracy(run[e], b * Block, (b + 1) * Block)))])),
        ];
    }

    private static Outcome[][] Stream(DigitImages images, bool wreck, SeededNoise noise)
    {
        var stream = new RotatingDigits(images, wreck, noise);
        var loss = new LogisticRegressionLoss(RotatingDigits.Features);
        ClippedSgd[] estimators = [.. Estimators.Select(e => new ClippedSgd(loss, e.Options))];
        Outcome[][] outcomes = [.. estimators.Select(_ => new Outcome[RotatingDigits.Length])];
        var sample = new double[RotatingDigits.Features + 1];
        for (var t = 0; t < RotatingDigits.Length; t++)
        {
            var sound = stream.Next(sample);
            for (var e = 0; e < estimators.Length; e++)
            {
                var probability = LogisticRegressionLoss.Probability(estimators[e].Parameters, sample.AsSpan(0, RotatingDigits.Features));
                var right = probability > 0.5 == sample[RotatingDigits.Features] > 0.5;
                outcomes[e][t] = !sound ? Outcome.NotCounted : right ? Outcome.Right : Outcome.Wrong;
                estimators[e].Update(sample);
            }
        }

        return outcomes;
    }

    private static double Around(Outcome[] outcomes, (int From, int To) window)
    {
        var sum = 0.0;
        foreach (var at in Switches)
        {
            sum += Accuracy(outcomes, at + window.From, at + window.To);
        }

        return sum / Switches.Count;
    }

    private static double Accuracy(Outcome[] outcomes, int from, int to)
    {
        var right = 0;
        var counted = 0;
        for (var t = from; t < to; t++)
        {
            right += outcomes[t] == Outcome.Right ? 1 : 0;
            counted += outcomes[t] == Outcome.NotCounted ? 0 : 1;
        }

        return counted == 0 ? 0 : (double)right / counted;
    }

    private enum Outcome : byte
    {
        NotCounted,
        Wrong,
        Right,
    }
}
