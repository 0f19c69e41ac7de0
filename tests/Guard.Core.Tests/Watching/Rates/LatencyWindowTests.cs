using Guard.Core.Watching.Rates;

namespace Guard.Core.Tests.Watching.Rates;

public sealed class LatencyWindowTests
{
    [Fact]
    public void Percentiles_are_those_of_the_sorted_latencies_within_a_thirtieth()
    {
        var (bins, random) = (new LatencyBins(), new Random(5));
        var latencies = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 18)).Order().ToArray();
        foreach (var ticks in latencies)
        {
            bins.Add(new TimeSpan(ticks), 1);
        }

        var view = bins.View();

        Assert.Equal(20_000, view.Count);
        foreach (var (share, actual) in new[] { (.5, view.P50), (.99, view.P99), (.999, view.P999), (1, view.Greatest) })
        {
            var exact = latencies[(int)Math.Ceiling(share * latencies.Length) - 1];
            Assert.InRange(actual.Ticks, exact, exact + exact / 30 + 1);
        }
    }

    [Fact]
    public void Nothing_measured_reads_zero() => Assert.Equal((0L, TimeSpan.Zero), (new LatencyBins().View().Count, new LatencyBins().View().Greatest));
}
