using BenchmarkDotNet.Attributes;
using Guard.Core.Estimation.Detection;

namespace Guard.Benchmarks.Detection;

/// <summary>One update of a univariate stream detector: one detector, and 100,000 of them in turn.</summary>
[MemoryDiagnoser]
public class StreamDetectorBenchmark
{
    private const int Streams = 100_000;
    private const int Rows = 1 << 16;
    private readonly double[] _values = new double[Rows];
    private StreamDetector _one = new();
    private StreamDetector[] _many = [];
    private long _time;

    /// <summary>Gets the bytes that 100,000 detectors take, each.</summary>
    public static long BytesPerStream()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var detectors = new StreamDetector[Streams];
        for (var i = 0; i < Streams; i++)
        {
            detectors[i] = new StreamDetector();
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(detectors);
        return (after - before) / Streams;
    }

    /// <summary>Draws a daily rhythm with noise and spikes, and warms the detectors.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Rows; i++)
        {
            _values[i] = 100 + (20 * Math.Sin(i * Math.PI / 144)) + random.NextDouble() + (random.NextDouble() < 0.001 ? 50 : 0);
        }

        _one = new StreamDetector();
        _many = [.. Enumerable.Range(0, Streams).Select(_ => new StreamDetector())];
        Console.WriteLine($"// {BytesPerStream()} bytes a stream");
        for (var round = 0; round < 60; round++)
        {
            Many();
        }
    }

    /// <summary>65,536 rows of one stream.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public double One()
    {
        var sum = 0.0;
        for (var i = 0; i < Rows; i++)
        {
            _time += 300_000;
            sum += _one.Update(_time, new ReadOnlySpan<double>(in _values[i])).Score;
        }

        return sum;
    }

    /// <summary>One row of each of 100,000 streams.</summary>
    [Benchmark(OperationsPerInvoke = Streams)]
    public double Many()
    {
        var sum = 0.0;
        _time += 300_000;
        for (var i = 0; i < Streams; i++)
        {
            sum += _many[i].Update(_time, new ReadOnlySpan<double>(in _values[i & (Rows - 1)])).Score;
        }

        return sum;
    }
}
