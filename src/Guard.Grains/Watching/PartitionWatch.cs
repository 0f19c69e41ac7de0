using Guard.Core.Clicks;
using Guard.Core.Watching.Rates;
using Guard.Grains.Deciding;
using Guard.Grains.Ingest;
using Microsoft.Extensions.Logging;

namespace Guard.Grains.Watching;

/// <summary>The way of one partition's durable segments to the grain that tallies them. One instance serves one partition, one batch at a time.</summary>
internal sealed partial class PartitionWatch(IGrainFactory grains, ClusterOptions options, TimeProvider time, ILogger logger)
{
    private readonly Retries _retries = new(time, options.RetryFor);
    private readonly List<(long Arrived, int Clicks)> _arrivals = [];
    private int _clicks;
    private long _duplicates;
    private bool _failed;

    /// <summary>Notes that the events of a message are taken.</summary>
    /// <param name="message">The message.</param>
    /// <param name="batch">The batch that its events were appended to.</param>
    public void Took(HubMessage message, EventBatch batch)
    {
        _arrivals.Add((message.EnqueuedTime, batch.Clicks.Length - _clicks));
        _clicks = batch.Clicks.Length;
    }

    /// <summary>Makes the notes of the messages taken since the last, for the segment that they lead to.</summary>
    public SegmentNotes Notes(EventBatch batch, IntakeCounts counts, SegmentRejection[] rejections)
    {
        var notes = new SegmentNotes
        {
            Arrived = _arrivals.Count > 0 ? _arrivals[^1].Arrived : 0,
            Duplicates = counts.Duplicates - _duplicates,
            Telemetry = batch.Telemetry.Count,
            Rejections = rejections,
        };
        (_duplicates, _clicks) = (counts.Duplicates, 0);
        return notes;
    }

    /// <summary>Tells of a segment that is durable. A call that fails harms nothing: the grain reads what it missed.</summary>
    public async Task TellAsync(DecisionSegment? segment)
    {
        var bins = Latencies();
        if (segment is null)
        {
            return;
        }

        try
        {
            await Grain(segment.Partition).ObserveAsync(segment.Counted(), bins);
            _failed = false;
        }
        catch (Exception exception)
        {
            if (!_failed)
            {
                LogUntold(logger, segment.Partition, exception.GetType().Name);
            }

            _failed = true;
        }
    }

    /// <summary>Has the tallies saved up to a message.</summary>
    public Task SaveAsync(int partition, long through, CancellationToken cancellationToken) =>
        _retries.RunAsync(() => Grain(partition).SaveAsync(through), cancellationToken);

    // To the millisecond, since that is what a message tells of its arrival.
    private long[] Latencies()
    {
        var (bins, now) = (new LatencyBins(), time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var (arrived, clicks) in _arrivals)
        {
            bins.Add(HubMessage.AgeOf(arrived, now), clicks);
        }

        _arrivals.Clear();
        return bins.ToPairs();
    }

    private ITrafficGrain Grain(int partition) => grains.GetGrain<ITrafficGrain>(partition.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition}: its traffic was not told of ({Reason}); the tallies read it from the decisions later.")]
    private static partial void LogUntold(ILogger logger, int partition, string reason);
}
