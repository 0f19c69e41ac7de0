using BenchmarkDotNet.Attributes;
using Guard.Core.Scoring;

namespace Guard.Benchmarks.Scoring;

/// <summary>Attributing one click's score to its features.</summary>
[MemoryDiagnoser]
public class Explanation
{
    private readonly Network _network = BenchmarkNetworks.Create();
    private readonly float[] _row = BenchmarkNetworks.Rows(1);
    private readonly float[] _contributions = new float[BenchmarkNetworks.Inputs];

    [Benchmark]
    public void Explain() => _network.Explain(_row, _contributions);
}
