using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Guard.Core.Clicks;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;

namespace Guard.Benchmarks.Watching;

/// <summary>What a decided click costs the slice tallies, in batches of 4,096 that lie in the cache: with room for the clicks that a purchase may name, and with few of them held.</summary>
[MemoryDiagnoser]
public class SliceTalliesBenchmark
{
    private const int Batch = 4096;
    private const int Batches = 64;
    private readonly Click[] _clicks = new Click[Batch];
    private readonly Decision[] _decisions = new Decision[Batch];
    private readonly ulong[] _ids = new ulong[Batch * Batches];
    private SliceTallies _tallies = new();

    /// <summary>Gets or sets how many leaves the clicks are spread over.</summary>
    [Params(20, 2_000)]
    public int Leaves { get; set; }

    /// <summary>Gets or sets the room for recent clicks.</summary>
    [Params(4096, 1 << 20)]
    public int Slots { get; set; }

    /// <summary>Draws the clicks, and fills the tallies with as many as are added in a run.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        random.NextBytes(MemoryMarshal.AsBytes(_ids.AsSpan()));
        var first = Slice.Leaf(DeviceType.Unknown, loggedIn: false, default).Code;
        for (var row = 0; row < Batch; row++)
        {
            var score = random.NextSingle();
            _clicks[row] = new Click { Time = 1_767_225_600_000 + row * 55L };
            _decisions[row] = new Decision { Slice = Slice.FromCode(first + random.Next(Leaves)), Score = score, Verdict = score > .9f ? Verdict.SophisticatedInvalid : Verdict.Valid };
        }

        _tallies = new SliceTallies(new SliceTalliesOptions { PurchaseSlots = Slots });
        Add();
    }

    /// <summary>Adds batches of the same clicks under ids of their own.</summary>
    [Benchmark(OperationsPerInvoke = Batch * Batches)]
    public void Add()
    {
        for (var start = 0; start < _ids.Length; start += Batch)
        {
            for (var row = 0; row < Batch; row++)
            {
                _clicks[row].Id = _ids[start + row];
            }

            _tallies.Add(_clicks, _decisions);
        }
    }
}
