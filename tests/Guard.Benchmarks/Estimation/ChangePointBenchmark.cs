using BenchmarkDotNet.Attributes;
using Guard.Core.Estimation;

namespace Guard.Benchmarks.Estimation;

/// <summary>What a sample costs the robust change-point detector and the expert mixture, long after the last change.</summary>
[MemoryDiagnoser]
public class ChangePointBenchmark
{
    private const int Samples = 4_096;
    private double[][] _samples = [];
    private RobustChangePoints _changes = null!;
    private ExpertMixture _mixture = null!;

    [Params(1, 32)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _samples = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, Dimension).Select(_ => random.NextDouble()).ToArray())];
        _changes = new RobustChangePoints(Dimension);
        _mixture = new ExpertMixture(new MeanLoss(Dimension));
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public long RobustChangePoints()
    {
        foreach (var sample in _samples)
        {
            _changes.Update(sample);
        }

        return _changes.Samples;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public void ExpertMixture()
    {
        foreach (var sample in _samples)
        {
            _mixture.Update(sample);
        }
    }
}
