using Guard.Core.Estimation.Thresholding;
using Guard.Simulation.Experiments.Rotation;

namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>
/// Abstaining thresholds on digits: even digits are normal, odd ones anomalous; 1,000 samples a stream, quantile 0.99, α = 0.01.
/// </summary>
/// <remarks>
/// Known of the publication are these numbers and the results. Ours: the score; one odd digit in a hundred; in the shifting streams the normal
/// digits 0, 4 and 6 give way to 2 and 8 half-way; offline sets of 600 scores, one for each half. A mistake is counted against the labels,
/// so that an odd digit that looks even is one whatever the threshold: fewer abstentions then leave more of them.
/// </remarks>
public static class DigitThresholdExperiment
{
    private const int Trained = 2_000;
    private const int Length = 1_000;
    private const int OddPerHalf = 5;
    private const int OfflineLength = 600;

    /// <summary>Runs the static and the shifting streams, cold and with offline sets.</summary>
    /// <param name="images">The digits.</param>
    /// <param name="runs">Streams a setting, each a fresh draw of images.</param>
    /// <param name="seed">Makes the training set and the draws.</param>
    /// <param name="threads">Streams side by side.</param>
    public static IReadOnlyList<ThresholdResult> Run(DigitImages images, int runs, ulong seed, int threads)
    {
        var scores = DigitScores.Train(images, Trained, seed, threads);
        int[] all = [0, 2, 4, 6, 8];
        int[] first = [0, 4, 6];
        int[] second = [2, 8];
        return
        [
            Collect("digits, static", scores, [all, all], [], runs, seed, threads, 89, 2.1),
            Collect("digits, static + offline", scores, [all, all], [all], runs, seed, threads),
            Collect("digits, shift", scores, [first, second], [], runs, seed, threads, 210, 8.8),
            Collect("digits, shift + offline", scores, [first, second], [first, second], runs, seed, threads),
        ];
    }

    private static ThresholdResult Collect(
        string name, DigitScores scores, int[][] halves, int[][] offline, int runs, ulong seed, int threads, double? quotedAbstentions = null, double? quotedMistakes = null)
    {
        var tallies = ParallelRuns.Do(runs, threads, i => Stream(scores, halves, offline, new SeededNoise(seed, i)));
        // The publication counts abstentions on its 1,000 samples, the tables of Guard percent.
        return ThresholdResult.Of(name, "Guard", tallies, 100 * quotedAbstentions / Length, quotedMistakes);
    }

    private static ThresholdTally Stream(DigitScores scores, int[][] halves, int[][] offline, SeededNoise noise)
    {
        int[] even = [.. scores.Even];
        int[] odd = [.. scores.Odd];
        noise.Shuffle(even);
        noise.Shuffle(odd);
        var pool = new Pool(scores, even, odd);
        OfflineScores[] sets = [.. offline.Select((digits, i) => new OfflineScores(
            $"set {i}", [.. pool.Draw(digits, OfflineLength * 99 / 100, OfflineLength / 100, noise).Select(scores.Score)]))];
        var threshold = new AbstainingThreshold(new AbstainingThresholdOptions { Quantile = 0.99, Alpha = 0.01 }, sets);
        var tally = default(ThresholdTally);
        foreach (var digits in halves)
        {
            foreach (var image in pool.Draw(digits, (Length / 2) - OddPerHalf, OddPerHalf, noise))
            {
                tally.Add(threshold.Update(scores.Score(image)).Decision, scores.Label(image) % 2 == 1);
            }
        }

        tally.Restarts = (int)threshold.Restarts;
        tally.Stored = threshold.Stored;
        return tally;
    }

    /// <summary>Hands out images, each once.</summary>
    private sealed class Pool(DigitScores scores, int[] even, int[] odd)
    {
        private readonly bool[] _taken = new bool[even.Length];
        private int _odd;

        public int[] Draw(int[] digits, int normal, int anomalous, SeededNoise noise)
        {
            var drawn = new List<int>(normal + anomalous);
            for (var i = 0; i < even.Length && drawn.Count < normal; i++)
            {
                if (!_taken[i] && digits.Contains(scores.Label(even[i])))
                {
                    _taken[i] = true;
                    drawn.Add(even[i]);
                }
            }

            if (drawn.Count < normal)
            {
                throw new InvalidDataException($"Only {drawn.Count} images of {normal} that a stream needs are left; use the whole MNIST test set.");
            }

            for (var i = 0; i < anomalous; i++)
            {
                drawn.Add(odd[_odd++]);
            }

            int[] mixed = [.. drawn];
            noise.Shuffle(mixed);
            return mixed;
        }
    }
}
