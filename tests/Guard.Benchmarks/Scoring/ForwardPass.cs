using BenchmarkDotNet.Attributes;
using Guard.Core.Scoring;

namespace Guard.Benchmarks.Scoring;

/// <summary>
/// Scoring a batch on one core. Peak does the same number of multiply-adds at the greatest rate that the core reaches,
/// so its ratio to Network is the network's share of the peak.
/// </summary>
[MemoryDiagnoser]
public class ForwardPass
{
    private readonly Network _network = BenchmarkNetworks.Create();
    private float[] _rows = [];
    private float[] _scores = [];
    private ScalarNetwork _scalar = null!;

    [Params(1, 16, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rows = BenchmarkNetworks.Rows(Batch);
        _scores = new float[Batch];
        _scalar = new ScalarNetwork(_network.Weights);
    }

    [Benchmark(Baseline = true)]
    public void Network() => _network.Score(_rows, _scores);

    [Benchmark]
    public void Scalar() => _scalar.Score(_rows, _scores);

    [Benchmark]
    public float Peak() => FmaPeak.Run((long)Batch * BenchmarkNetworks.MultiplyAdds);
}
