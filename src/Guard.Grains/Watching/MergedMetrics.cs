using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Watching.Slices;
using Guard.Grains.Estimating;

namespace Guard.Grains.Watching;

/// <summary>Guard's own slice metrics out of the intervals of all partitions: an interval is told of once every partition has told it. Not safe for concurrent use.</summary>
/// <remarks>
/// A partition that is an hour of event time behind the first is not waited for; what it tells of intervals that were told of is left out of them, and its
/// purchases count with the next.
/// </remarks>
internal sealed class MergedMetrics
{
    /// <summary>How many intervals of five minutes a partition may be behind the first.</summary>
    private const int Patience = 12;

    private readonly SliceMetrics _metrics;

    public MergedMetrics(SliceMetricsState state, SliceMetricsOptions options)
    {
        State = state;
        _metrics = state.Metrics.Length == 0 ? new SliceMetrics(options) : SliceMetrics.Restore(state.Metrics, options);
    }

    /// <summary>Gets the state, without the metrics.</summary>
    public SliceMetricsState State { get; }

    /// <summary>Takes what a partition told.</summary>
    public void Take(string partition, PartitionIntervals told)
    {
        if (!State.Partitions.TryGetValue(partition, out var known))
        {
            State.Partitions[partition] = known = new ToldIntervals();
        }

        (known.Begun, known.Next) = (told.Begun, told.Next);
        foreach (var sums in told.Sums)
        {
            var interval = IntervalSums.FromBytes(sums).Interval;
            if (interval <= known.Last)
            {
                continue;
            }

            known.Last = interval;
            if (interval > State.Closed)
            {
                known.Waiting.Add(sums);
            }
            else
            {
                known.Used = sums;
            }
        }
    }

    /// <summary>Tells of every interval that is over; returns whether there was one.</summary>
    public bool Tell()
    {
        var told = false;
        while (NextInterval() is { } interval)
        {
            var readings = new List<TelemetryPoint>();
            _metrics.Tell(Sum(interval), readings);
            foreach (var reading in readings)
            {
                if (!State.Outbox.TryGetValue(reading.Stream, out var rows))
                {
                    State.Outbox[reading.Stream] = rows = [];
                }

                rows.Add(new StreamRow(++State.Readings, reading.Time, [.. reading.Values]));
            }

            State.Closed = interval;
            told = true;
        }

        return told;
    }

    /// <summary>Adds a reading of another stream of Guard's own.</summary>
    public void Add(TelemetryPoint reading) => State.Outbox[reading.Stream] = [new StreamRow(++State.Readings, reading.Time, [.. reading.Values])];

    /// <summary>Writes the metrics.</summary>
    public byte[] Save()
    {
        var bytes = new ArrayBufferWriter<byte>();
        _metrics.Save(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private long? NextInterval()
    {
        ToldIntervals[] begun = [.. State.Partitions.Values.Where(static partition => partition.Begun)];
        if (begun.All(static partition => partition.Waiting.Count == 0))
        {
            return null;
        }

        var next = begun.Where(static partition => partition.Waiting.Count > 0).Min(static partition => IntervalSums.FromBytes(partition.Waiting[0]).Interval);
        var first = begun.Max(static partition => partition.Next);
        return begun.All(partition => partition.Next > next) || first - next > Patience ? next : null;
    }

    private IntervalSums Sum(long interval)
    {
        IntervalSums? sum = null;
        List<ToldIntervals> others = [];
        foreach (var partition in State.Partitions.Values)
        {
            if (partition.Waiting.Count == 0 || IntervalSums.FromBytes(partition.Waiting[0]) is var sums && sums.Interval != interval)
            {
                others.Add(partition);
                continue;
            }

            partition.Used = partition.Waiting[0];
            partition.Waiting.RemoveAt(0);
            if (sum is null)
            {
                sum = sums;
            }
            else
            {
                sum.Add(sums);
            }
        }

        foreach (var other in others.Where(static partition => partition.Used.Length > 0))
        {
            sum!.AddMatured(IntervalSums.FromBytes(other.Used));
        }

        return sum!;
    }
}
