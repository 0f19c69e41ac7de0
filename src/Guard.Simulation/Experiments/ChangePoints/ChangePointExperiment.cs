using MathNet.Numerics.Distributions;

namespace Guard.Simulation.Experiments.ChangePoints;

/// <summary>
/// The ten settings of Table 1 of Sankararaman and Narayanaswamy (UAI 2023): regret over a stream with three changes, and
/// false alarms on as many streams without. All methods see the same streams.
/// </summary>
/// <param name="Runs">How many streams with change, and how many without, in each setting.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Threads">How many runs go side by side; the result does not depend on it.</param>
public sealed record ChangePointExperiment(int Runs, ulong Seed, int Threads)
{
    /// <summary>The probability of false detection that each detector is given.</summary>
    public const double Delta = 0.1;

    private const int Changes = (ChangePointSetting.Length / ChangePointSetting.Segment) - 1;

    /// <summary>Runs methods in settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="progress">Receives the share done.</param>
    /// <returns>A row for each pair, settings in order.</returns>
    public IReadOnlyList<ChangePointRow> Run(IReadOnlyList<ChangePointSetting> settings, IReadOnlyList<ChangePointMethod> methods, IProgress<double>? progress = null)
    {
        var rows = new List<ChangePointRow>();
        foreach (var setting in settings)
        {
            foreach (var method in methods)
            {
                rows.Add(Row(setting, method));
                progress?.Report((double)rows.Count / (settings.Count * methods.Count));
            }
        }

        return rows;
    }

    private ChangePointRow Row(ChangePointSetting setting, ChangePointMethod method)
    {
        var outcomes = ParallelRuns.Do(Runs, Threads, run => Changing(setting, method, run));
        var found = outcomes.Sum(outcome => outcome.Found);
        int? alarms = method.CountsFalseAlarms ? ParallelRuns.Do(Runs, Threads, run => Unchanging(setting, method, run)).Sum() : null;
        return new ChangePointRow(
            setting,
            method.Name,
            MedianInterval.Of([.. outcomes.Select(outcome => outcome.Regret)]),
            found == 0 ? null : outcomes.Sum(outcome => outcome.Delay) / found,
            1 - ((double)found / (Changes * Runs)),
            found == 0 ? null : (double)outcomes.Sum(outcome => outcome.Located) / found,
            (double?)alarms / Runs,
            alarms is null ? null : 0.5 * ChiSquared.InvCDF(2 * (alarms.Value + 1), 0.95) / Runs);
    }

    private Outcome Changing(ChangePointSetting setting, ChangePointMethod method, int run)
    {
        var source = new SeededNoise(Seed, 2 * run);
        var detector = method.Create(setting.Dimension, Delta);
        var sample = new double[setting.Dimension];
        var outcome = new Outcome();
        var (detections, last) = (0, 0);
        for (var t = 0; t < ChangePointSetting.Length; t++)
        {
            var segment = t / ChangePointSetting.Segment;
            setting.Fill(source, segment % 2 == 1, sample);
            if (detector.Update(sample) is { } change)
            {
                detections++;
                if (segment > last)
                {
                    var lastBefore = (segment * ChangePointSetting.Segment) - 1;
                    outcome.Found++;
                    outcome.Delay += t - lastBefore;
                    outcome.Located += change.Least <= lastBefore && lastBefore <= change.Greatest ? 1 : 0;
                    last = segment;
                }
            }

            outcome.Regret += Math.Abs(detections - segment);
        }

        return outcome;
    }

    private int Unchanging(ChangePointSetting setting, ChangePointMethod method, int run)
    {
        var source = new SeededNoise(Seed, (2 * run) + 1);
        var detector = method.Create(setting.Dimension, Delta);
        var sample = new double[setting.Dimension];
        var alarms = 0;
        for (var t = 0; t < ChangePointSetting.Length; t++)
        {
            setting.Fill(source, changed: false, sample);
            alarms += detector.Update(sample) is null ? 0 : 1;
        }

        return alarms;
    }

    private sealed class Outcome
    {
        public double Regret { get; set; }

        public double Delay { get; set; }

        public int Found { get; set; }

        public int Located { get; set; }
    }
}
