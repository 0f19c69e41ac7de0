using BenchmarkDotNet.Attributes;
using Guard.Benchmarks.Scoring;
using Guard.Core.Features;
using Guard.Core.Training;

namespace Guard.Benchmarks.Training;

/// <summary>Training on a million clicks of 24 features: five epochs of the network, and the steps around it.</summary>
[MemoryDiagnoser]
public class TrainingSpeed
{
    private const int Clicks = 1_000_000;
    private FeatureTable _table = new(BenchmarkNetworks.Schema);
    private WeakLabel[] _labels = [];
    private float[] _weights = [];

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => (_table, _labels, _weights) = TrainingClicks.Create(Clicks);

    /// <summary>Five epochs, validation after each; a fifth of the clicks is for validation, so more clicks come in than an epoch learns from.</summary>
    [Benchmark]
    public TrainedNetwork FiveEpochs() => NetworkTrainer.Train(_table, _labels, _weights, new NetworkTrainerOptions { MaxEpochs = 5, Patience = 5, Threads = Threads });

    [Benchmark]
    public object Logistic() => LogisticRegression.Fit(_table, _labels, _weights, Enumerable.Range(0, Clicks).ToArray(), threads: Threads);

    [Benchmark]
    public SampleWeights Raking() => SampleWeights.Rake(_table, _labels);
}
