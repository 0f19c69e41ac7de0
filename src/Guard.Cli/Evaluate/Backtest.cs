using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>Trains the network and its baselines on the first part of a stream, calibrates each on the next, and measures it on the last.</summary>
internal static class Backtest
{
    public static Evaluation Run(
        FeatureTable table,
        IReadOnlyList<Purchase> purchases,
        BacktestOptions options,
        TruthIndex? truth,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        var (calibrationStart, testStart) = options.Split.Boundaries(table);
        var training = TrafficSpan.Of(table, purchases, long.MinValue, calibrationStart, calibrationStart);
        var labels = WeakLabels.Of(training.Table, [.. purchases.Where(purchase => purchase.Time < calibrationStart)], calibrationStart, options.Labels);
        var weights = SampleWeights.Rake(training.Table, labels.Values);
        var trained = NetworkTrainer.Train(training.Table, labels.Values, weights.Values, options.Trainer, new Epochs(progress), cancellation);
        var rows = trained.Split.Training;
        IScorer network = new Network("network", table.Schema, trained.Weights);
        IScorer logistic = LogisticRegression.Fit(training.Table, labels.Values, weights.Values, rows, threads: options.Trainer.Threads, cancellationToken: cancellation);
        IScorer heuristic = VelocityHeuristic.Fit(training.Table, labels.Values, weights.Values, rows, ["user.rate.10m", "ip.clicks.10m"]);

        var calibration = TrafficSpan.Of(table, purchases, calibrationStart, testStart, testStart);
        var test = TrafficSpan.Of(table, purchases, testStart, long.MaxValue, long.MaxValue);
        return new Evaluation(
            [
                Contender.Of("network", network, calibration, test, truth, options.Calibration),
                Contender.Of("logistic regression", logistic, calibration, test, truth, options.Calibration),
                Contender.Of("click velocity", heuristic, calibration, test, truth, options.Calibration),
            ],
            test,
            table.Facts[0].Time,
            calibrationStart,
            testStart,
            truth);
    }

    private sealed class Epochs(IProgress<double> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report((double)value.Epoch / value.MaxEpochs);
    }
}
