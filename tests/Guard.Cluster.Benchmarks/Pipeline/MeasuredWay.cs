using Guard.Cluster.Benchmarks.Measuring;

namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>What was measured of a way from clicks to decisions.</summary>
/// <param name="name">What it is.</param>
/// <param name="start">Starts it afresh.</param>
internal sealed class MeasuredWay(string name, Func<Task<IPipelineWay>> start)
{
    private readonly List<Stretch> _rounds = [];

    public string Name => name;

    public double Rate => Stretch.Median(_rounds, static round => round.Rate);

    public double ProcessorNanoseconds => Stretch.Median(_rounds, static round => round.ProcessorNanoseconds);

    public double BytesAClick => Stretch.Median(_rounds, static round => round.BytesAClick);

    /// <summary>Fills it with the clicks before a half, and measures those from there; a round that warms up does not count.</summary>
    public async Task RunAsync(int half, int clicks, bool counts)
    {
        await using var way = await start();
        await way.DecideAsync(0, half);
        GC.Collect();
        var round = await Stretch.MeasureAsync(async () =>
        {
            await way.DecideAsync(half, clicks);
            return clicks - half;
        });
        if (counts)
        {
            _rounds.Add(round);
        }
    }
}
