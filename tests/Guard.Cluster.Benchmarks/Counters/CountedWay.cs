using Guard.Cluster.Benchmarks.Measuring;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>What was measured of a way.</summary>
/// <param name="process">The way.</param>
internal sealed class CountedWay(WayProcess process)
{
    private readonly List<Stretch> _runs = [];
    private int _lanes;
    private long _resident;

    public WayProcess Process => process;

    public long Heap { get; private set; }

    public double Rate => Median(static run => run.Rate);

    public double ProcessorNanoseconds => Median(static run => run.ProcessorNanoseconds);

    /// <summary>Fills the counters and finds the best number of lanes.</summary>
    public async Task PrepareAsync(double tuning)
    {
        await process.FillAsync();
        var best = 0.0;
        foreach (var lanes in await process.LanesAsync())
        {
            if ((await process.RunAsync(lanes, tuning)).Rate is var rate && rate > best)
            {
                (best, _lanes) = (rate, lanes);
            }
        }
    }

    public async Task RunAsync(double seconds) => _runs.Add(await process.RunAsync(_lanes, seconds));

    public async Task WeighAsync() => (Heap, _resident) = await process.MemoryAsync();

    public string Line(int users) =>
        $"{users,10:N0}  {process.Name,-9} {_lanes,10:N0} {Rate,12:N0} {ProcessorNanoseconds,14:N0} {Median(static run => run.BytesAClick),13:N0} {(double)Heap / users,17:N0} {_resident / 1e6,13:N0}";

    private double Median(Func<Stretch, double> value) => Stretch.Median(_runs, value);
}
