using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Guard.Core.Estimation;

namespace Guard.Benchmarks.Estimation;

/// <summary>The bare mean update beside a plain dot product and axpy over the same memory.</summary>
[MemoryDiagnoser]
public class MeanUpdateBenchmark
{
    private const int Samples = 64;
    private double[][] _samples = [];
    private double[] _parameters = [];
    private ClippedSgd _estimator = null!;
    private ClippedSgd _rolling = null!;

    [Params(16, 784)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _samples = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, Dimension).Select(_ => random.NextDouble()).ToArray())];
        _parameters = new double[Dimension];
        _estimator = new ClippedSgd(new MeanLoss(Dimension), new ClippedSgdOptions { Clip = ClipLevel.HorizonPower(2, 0.25), Horizon = 1_000_000_000_000 });
        _rolling = new ClippedSgd(new MeanLoss(Dimension));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Samples)]
    public double DotAndAxpy()
    {
        var sum = 0.0;
        foreach (var sample in _samples)
        {
            sum += TensorPrimitives.Dot<double>(_parameters, sample);
            TensorPrimitives.MultiplyAdd(sample, 1e-9, _parameters, _parameters);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public void MeanUpdate()
    {
        foreach (var sample in _samples)
        {
            _estimator.Update(sample);
        }
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public void MeanUpdateWithRollingLevel()
    {
        foreach (var sample in _samples)
        {
            _rolling.Update(sample);
        }
    }
}
