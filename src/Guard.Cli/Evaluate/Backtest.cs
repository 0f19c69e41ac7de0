using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>Trains the network and its baselines on the first part of a stream, calibrates each on the next, and measures it on the last.</summary>
internal static class Backtest
{
    public static Evaluation Run(Recording recording, BacktestOptions options, TruthIndex? truth, IProgress<double> progress, CancellationToken cancellation)
    {
        var (calibrationStart, testStart) = options.Split.Boundaries(recording.Table);
        var training = TrainingRun.Run(
            recording.Table.Between(long.MinValue, calibrationStart),
            recording.PurchasesBefore(calibrationStart),
            calibrationStart,
            options.Training,
            new EpochProgress(progress),
            cancellation);

        var calibration = TrafficSpan.Of(recording.Table, recording.Purchases, calibrationStart, testStart, testStart);
        var test = TrafficSpan.Of(recording.Table, recording.Purchases, testStart, long.MaxValue, long.MaxValue);
        Contender Measure(string name, ModelArtifact model) => Contender.Of(name, model.Scorer, calibration, test, truth, options.Calibration);
        return new Evaluation(
            training,
            [Measure("network", training.Network), Measure("logistic regression", training.Logistic), Measure("click velocity", training.Velocity)],
            test,
            calibrationStart,
            testStart,
            truth);
    }
}
