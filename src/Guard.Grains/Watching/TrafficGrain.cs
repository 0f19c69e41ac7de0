using System.Globalization;
using Guard.Core.Clicks;
using Guard.Core.Watching.Rates;
using Guard.Core.Watching.Slices;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Orleans.Storage;

namespace Guard.Grains.Watching;

/// <summary>
/// A partition's traffic behind a grain. What it is not told of, it reads: the segments are its log, and the partition commits no
/// position before the tallies that hold it are saved.
/// </summary>
[GrainType("guard.traffic")]
[PreferLocalPlacement]
internal sealed partial class TrafficGrain(
    [PersistentState("traffic", GrainNames.Storage)] IPersistentState<TrafficState> state,
    DecisionSegments segments,
    IOptions<ClusterOptions> options,
    PurchaseInstruments instruments,
    TimeProvider time,
    ILogger<TrafficGrain> logger) : Grain, ITrafficGrain
{
    private readonly LatencyWindow _latency = new(time);
    private readonly ClickRate _rate = new(time);
    private PartitionTraffic _traffic = null!;
    private DateTimeOffset? _saved;
    private long _durable;
    private long _fed;
    private int _partition;
    private bool _listed;
    private bool _told;
    private (long First, long Purchases, long Unjoined) _applied = (-1, 0, 0);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _partition = int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);
        _traffic = new PartitionTraffic(state.State, options.Value);
        if (_traffic.Unread is { } reason)
        {
            LogUnread(_partition, reason);
        }

        (_durable, _fed) = (_traffic.Last, time.GetTimestamp());
        _saved = state.RecordExists ? state.State.Saved : null;

        // What is saved lives in the tallies now, and is not held twice.
        state.State = new TrafficState();
        await FollowAsync(cancellationToken);
        var every = options.Value.SaveEvery;
        this.RegisterGrainTimer(static (self, _) => self.SaveAsync(), this, new GrainTimerCreationOptions(every, every));
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is not saved, the next activation reads from the segments.
        await SaveAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <inheritdoc/>
    public async Task ObserveAsync(DecisionSegment segment, long[] latencies)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (!_listed)
        {
            _listed = await GrainFactory.GetGrain<INamesGrain>(INamesGrain.Partitions).AddAsync(this.GetPrimaryKeyString(), int.MaxValue);
        }

        if (!_told && _applied.First == segment.FirstMessage)
        {
            instruments.Count(_applied.Purchases, _applied.Unjoined);
        }

        _told = true;
        var bins = new LatencyBins();
        bins.AddPairs(latencies);
        _latency.Add(bins);
        _rate.Add(PartitionTraffic.RowsOf(segment).Length);
        if (segment.FirstMessage > _traffic.Last + 1)
        {
            await FollowAsync(CancellationToken.None);
        }

        if (segment.FirstMessage > _traffic.Last + 1)
        {
            LogMissing(_partition, _traffic.Last + 1, segment.FirstMessage - 1);
            _traffic.SkipTo(segment.FirstMessage - 1);
        }

        if (segment.FirstMessage == _traffic.Last + 1)
        {
            Apply(segment);
        }
    }

    /// <inheritdoc/>
    public async Task<long> SaveAsync(long through)
    {
        if (_traffic.Last < through)
        {
            await FollowAsync(CancellationToken.None);
        }

        if (_traffic.Last < through)
        {
            LogMissing(_partition, _traffic.Last + 1, through);
            _traffic.SkipTo(through);
        }

        if (_durable < through)
        {
            await SaveAsync();
        }

        return _durable;
    }

    /// <inheritdoc/>
    public Task<PartitionView> ViewAsync() => Task.FromResult(new PartitionView
    {
        Newest = _traffic.Tallies.Newest,
        Totals = _traffic.Totals,
        ClicksPerSecond = _rate.View(),
        Latencies = _latency.Bins().ToPairs(),
        Saved = _saved,
    });

    /// <inheritdoc/>
    public Task<byte[]> LeavesAsync(long newest) => Task.FromResult(RowBytes.Of<LeafSums>([.. _traffic.Tallies.SumLeaves(newest)]));

    /// <inheritdoc/>
    public Task<PartitionCourse?> CourseAsync(int slice, long newest) =>
        Task.FromResult(_traffic.Tallies.SumCourse(Slice.FromCode(slice), newest) is { } sums ? PartitionCourse.Of(sums) : null);

    /// <inheritdoc/>
    public Task<PartitionIntervals> IntervalsAsync(long after, int maximum)
    {
        _traffic.Wait(time.GetElapsedTime(_fed));
        return Task.FromResult(_traffic.IntervalsAfter(after, maximum));
    }

    /// <inheritdoc/>
    public Task<long[]> TakeLatenciesAsync() => Task.FromResult(_latency.TakeBins().ToPairs());

    /// <inheritdoc/>
    public Task<SegmentRejection[]> QuarantineAsync(int maximum) => Task.FromResult<SegmentRejection[]>([.. _traffic.Rejections.Reverse().Take(maximum)]);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (await segments.FindAsync(_partition, _traffic.Last + 1, cancellationToken) is { } segment)
        {
            Apply(segment);
        }
    }

    private void Apply(DecisionSegment segment)
    {
        var (purchases, unjoined) = (_traffic.Totals.Purchases, _traffic.Tallies.Unjoined);
        _traffic.Apply(segment);
        _fed = time.GetTimestamp();
        _applied = (segment.FirstMessage, _traffic.Totals.Purchases - purchases, _traffic.Tallies.Unjoined - unjoined);

        // What was tallied before the first telling, another activation counted; unless it is what is told of first.
        if (_told)
        {
            instruments.Count(_applied.Purchases, _applied.Unjoined);
        }
    }

    private async Task SaveAsync()
    {
        if (_durable == _traffic.Last)
        {
            return;
        }

        try
        {
            var (last, now) = (_traffic.Last, time.GetUtcNow());
            state.State = _traffic.ToState(now);
            await state.WriteStateAsync();
            (_durable, _saved) = (last, now);
        }
        catch (InconsistentStateException)
        {
            LogSuperseded(_partition);
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            state.State = new TrafficState();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition}: the decisions of messages {First} to {Last} are not kept any more, and are missing from the tallies.")]
    private partial void LogMissing(int partition, long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition}: the saved tallies cannot be read, so its slices begin anew: {Reason}")]
    private partial void LogUnread(int partition, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition}: another activation saved its tallies meanwhile; this one gives way.")]
    private partial void LogSuperseded(int partition);
}
