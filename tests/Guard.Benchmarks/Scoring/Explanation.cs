using BenchmarkDotNet.Attributes;
using Guard.Core.Scoring;

namespace Guard.Benchmarks.Scoring;

/// <summary>Attributing the scores of a batch to its features, a click at a time.</summary>
[MemoryDiagnoser]
public class Explanation
{
    private readonly Network _network = BenchmarkNetworks.Create();
    private float[] _rows = [];
    private float[] _contributions = [];

    /// <summary>Gets or sets the clicks of a batch.</summary>
    [Params(1, 96)]
    public int Clicks { get; set; }

    /// <summary>Draws the batch.</summary>
    [GlobalSetup]
    public void Draw()
    {
        _rows = BenchmarkNetworks.Rows(Clicks);
        _contributions = new float[_rows.Length];
    }

    [Benchmark]
    public void Explain() => _network.Explain(_rows, _contributions);
}
