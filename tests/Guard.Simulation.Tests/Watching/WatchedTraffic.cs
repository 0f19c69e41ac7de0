using System.Collections.Concurrent;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Watching;
using Guard.Core.Watching.Slices;
using Guard.Core.Watching.Streams;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Tests.Watching;

/// <summary>Simulated traffic through tallies, slice metrics and stream detectors, block by block as a host would.</summary>
internal sealed class WatchedTraffic
{
    private const int BlockClicks = 50;
    private static readonly EventDecoder s_decoder = new(new KeyedHash(HashingKey.FromBytes("0123456789abcdef"u8)), TimeSpan.FromMinutes(5));
    private static readonly ConcurrentDictionary<ulong, Lazy<EventBatch>> s_quiet = new();
    private readonly SliceTallies _tallies = new();
    private readonly SliceMetrics _metrics = new();
    private readonly List<TelemetryPoint> _readings = [];

    public StreamRegistry Streams { get; } = new();

    public IReadOnlyList<StreamAlert> Alerts => Streams.Alerts(1_000);

    /// <summary>Two weeks of people in their rhythm of day and week, without robots.</summary>
    public static EventBatch Quiet(ulong seed) => s_quiet.GetOrAdd(seed, static seed => new Lazy<EventBatch>(() =>
    {
        var batch = new EventBatch();
        foreach (var line in new Simulator(Scenario.Load("quiet") with { Seed = seed, Days = 14, ClicksPerDay = 40_000, Telemetry = [] }).Lines())
        {
            s_decoder.Decode(line.Span, EventDecoder.NoClock, batch, 1);
        }

        batch.Clicks.Sort(static (left, right) => left.Time.CompareTo(right.Time));
        return batch;
    })).Value;

    /// <summary>Watches clicks in order of time, with the purchases that they led to.</summary>
    /// <param name="clicks">The clicks.</param>
    /// <param name="purchases">The purchases.</param>
    /// <param name="isRobotic">Which clicks are invalid beside the tenth of all that is, whoever clicks: so what alerts there are come from the traffic's course.</param>
    public static WatchedTraffic Watch(IEnumerable<Click> clicks, ReadOnlySpan<Purchase> purchases, Func<Click, bool>? isRobotic = null)
    {
        var traffic = new WatchedTraffic();
        var bought = 0;
        foreach (var block in clicks.Chunk(BlockClicks))
        {
            foreach (var click in block)
            {
                var score = isRobotic?.Invoke(click) == true ? .95f : (click.Id >> 40) / (float)(1 << 24);
                traffic._tallies.Add(click.Time, click.Id, Slice.Of(click), score, score > .9f);
            }

            for (; bought < purchases.Length && purchases[bought].Time <= traffic._tallies.Newest; bought++)
            {
                traffic._tallies.Add(purchases.Slice(bought, 1));
            }

            traffic.Wait(traffic._tallies.Newest);
        }

        return traffic;
    }

    /// <summary>Lets the host's clock go on without a click.</summary>
    public void Wait(long now)
    {
        _readings.Clear();
        _metrics.Advance(_tallies, now, _readings);
        _readings.ForEach(reading => Assert.Equal(StreamOutcome.Taken, Streams.Take(reading)));
    }

    public StreamAlert? First(Slice slice, string metric, long from) =>
        Streams.Find(OwnStreams.Of(slice, metric))!.Alerts.LastOrDefault(alert => alert.Alert.Start >= from);
}
