using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Lifecycle;
using Guard.Core.Pipeline;
using Guard.Core.Training;
using Guard.Engine.Shards;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Starter;

/// <summary>Gives a Guard without a model one that learned from simulated traffic, and says so on its card.</summary>
public static class StarterModel
{
    /// <summary>What the card of such a model says of its data.</summary>
    public const string Data = "Simulated traffic only: a starter for trying Guard out. Train on the deployment's own clicks and purchases before its verdicts decide over money.";

    private const string ScenarioName = "demo";
    private const int BatchSize = 4_096;

    /// <summary>The clicks from here on calibrate; the earlier ones train.</summary>
    private const double CalibrationStart = 2.0 / 3;

    /// <summary>Simulates, trains, calibrates and puts the model and its thresholds in force.</summary>
    /// <param name="store">Where models and thresholds are kept.</param>
    /// <param name="name">Their name: <c>models/{name}</c>, <c>thresholds/{name}</c>.</param>
    /// <param name="hash">The deployment's hash.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops the work; nothing is in force then.</param>
    public static async Task PublishAsync(IArtifactStore store, string name, KeyedHash hash, StarterOptions options, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var (table, purchases) = await RecordAsync(hash, options, progress, cancellation);
        var start = table.Facts[(int)(table.Count * CalibrationStart)].Time;
        var defaults = new TrainingRunOptions { VelocityFeatures = ["user.rate.10m", "ip.clicks.10m"] };
        var training = defaults with
        {
            Data = Data,
            Labels = defaults.Labels with { Maturity = options.Maturity },
            Network = defaults.Network with { MaxEpochs = options.Epochs },
        };
        var model = TrainingRun.Run(
            table.Between(long.MinValue, start), [.. purchases.Where(purchase => purchase.Time < start)], start, training, new Epochs(progress), cancellation).Network;
        var sample = table.Between(start, long.MaxValue);
        var bought = purchases.Select(purchase => purchase.Click).ToHashSet();
        var (scores, purchasing) = (new float[sample.Count], new bool[sample.Count]);
        for (var row = 0; row < purchasing.Length; row++)
        {
            purchasing[row] = bought.Contains(sample.Facts[row].Click);
        }

        model.Scorer.Score(sample.Values, scores);
        var thresholds = ThresholdCalibrator.Calibrate(new CalibrationSample(scores, purchasing, sample.Facts), new CalibrationOptions { Budget = options.Budget }, model.Version);
        var (models, sets) = (new VersionedArtifacts(store, $"models/{name}"), new VersionedArtifacts(store, $"thresholds/{name}"));
        await models.CreateAsync(model.Version, model.Files, cancellation);
        await sets.CreateDocumentAsync(thresholds.Version, thresholds.ToJson(), cancellation);
        await models.MoveCurrentAsync(model.Version, cancellation);
        await sets.MoveCurrentAsync(thresholds.Version, cancellation);
    }

    private static async Task<(FeatureTable Table, IReadOnlyList<Purchase> Purchases)> RecordAsync(KeyedHash hash, StarterOptions options, IProgress<double> progress, CancellationToken cancellation)
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

    // Recording is the first 40 % of the work, training the next 50.
    private sealed class Epochs(IProgress<double> whole) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => whole.Report(.4 + (.5 * value.Epoch / value.MaxEpochs));
    }

    private sealed class Nowhere : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }
}
