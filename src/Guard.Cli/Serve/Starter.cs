using Guard.Cli.Deployment;
using Guard.Cli.Evaluate;
using Guard.Cli.Options;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Training;
using Guard.Engine.Shards;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Serve;

/// <summary>Gives a data folder without a model one that learned from simulated traffic, and says so on its card.</summary>
internal static class Starter
{
    /// <summary>What the card of such a model says of its data.</summary>
    public const string Data = "Simulated traffic only: a starter for trying Guard out. Train on the deployment's own clicks and purchases before its verdicts decide over money.";

    private const string ScenarioName = "demo";
    private const int BatchSize = 4_096;

    /// <summary>The clicks from here on calibrate; the earlier ones train.</summary>
    private const double CalibrationStart = 2.0 / 3;

    /// <summary>Simulates, trains, calibrates and puts the model and its thresholds in force.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops the work; nothing is in force then.</param>
    public static async Task PublishAsync(DataFolder data, StarterOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        var (table, purchases) = await RecordAsync(data.Hash(), options, progress, cancellation);
        var start = table.Facts[(int)(table.Count * CalibrationStart)].Time;
        var end = table.Facts[^1].Time + 1;
        var defaults = new BacktestOptions().Training;
        var training = defaults with
        {
            Data = Data,
            Labels = defaults.Labels with { Maturity = options.Maturity },
            Network = defaults.Network with { MaxEpochs = options.Epochs },
        };
        var model = TrainingRun.Run(
            table.Between(long.MinValue, start), [.. purchases.Where(purchase => purchase.Time < start)], start, training, new EpochProgress(new Share(progress, .4, .9)), cancellation).Network;
        var span = TrafficSpan.Of(table, purchases, start, end, end);
        var scores = new float[span.Table.Count];
        model.Scorer.Score(span.Table.Values, scores);
        var thresholds = ThresholdCalibrator.Calibrate(new CalibrationSample(scores, span.Purchasing, span.Table.Facts), new CalibrationOptions { Budget = options.Budget }, model.Version);
        await TrafficModels.PublishAsync(data, model, cancellation);
        await TrafficModels.PublishAsync(data, thresholds, cancellation);
    }

    private static async Task<(Core.Features.FeatureTable Table, IReadOnlyList<Purchase> Purchases)> RecordAsync(KeyedHash hash, StarterOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        var recorder = new FeatureRecorder(new LocalCounters(new ShardOptions()));
        var intake = new EventIntake(new IntakeOptions(), hash, new Nowhere());
        var (batch, line) = (new EventBatch(), 0L);
        foreach (var json in new Simulator(Scenario.Load(ScenarioName), new SimulatorOptions(options.Seed, MaxClicks: options.Clicks)).Lines())
        {
            intake.Take(json.Span, new EventPosition(ScenarioName, ++line, 0), EventDecoder.NoClock, batch);
            if (batch.Clicks.Length == BatchSize)
            {
                await recorder.RecordAsync(batch, cancellation);
                batch.Clear();
                progress.Report(.4 * recorder.Table.Count / options.Clicks);
            }
        }

        await recorder.RecordAsync(batch, cancellation);
        return (recorder.Table, recorder.Purchases);
    }

    private sealed class Share(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((to - from) * value));
    }

    private sealed class Nowhere : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }
}
