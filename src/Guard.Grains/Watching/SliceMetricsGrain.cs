using Guard.Core.Clicks;
using Guard.Core.Watching;
using Guard.Core.Watching.Rates;
using Guard.Grains.Estimating;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Watching;

/// <summary>
/// Pulls intervals from the partitions and pushes readings to the streams. Readings are saved, with the intervals that they come from, before
/// a stream sees them, and are kept until the stream has saved them: each reaches its stream once, whatever is lost on the way.
/// </summary>
[GrainType("guard.slice-metrics")]
internal sealed partial class SliceMetricsGrain(
    [PersistentState("slice-metrics", GrainNames.Storage)] IPersistentState<SliceMetricsState> state,
    IOptions<ClusterOptions> options,
    TimeProvider time,
    ILogger<SliceMetricsGrain> logger) : Grain, ISliceMetricsGrain
{
    private const int MostIntervals = 288;
    private static readonly TimeSpan s_latency = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, long> _saved = new(StringComparer.Ordinal);
    private MergedMetrics _metrics = null!;
    private long _lastLatency;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _metrics = new MergedMetrics(state.State, WatchingOptions.MetricsOf(options.Value.Intake));
        _lastLatency = time.GetTimestamp();
        NoteSaved();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<long> PullAsync()
    {
        await DeliverAsync();
        var partitions = await GrainFactory.GetGrain<INamesGrain>(INamesGrain.Partitions).ListAsync();
        foreach (var (partition, told) in await Task.WhenAll(partitions.Select(AskAsync)))
        {
            if (told is not null)
            {
                _metrics.Take(partition, told);
            }
        }

        var news = _metrics.Tell();
        if (time.GetElapsedTime(_lastLatency) >= s_latency)
        {
            _lastLatency = time.GetTimestamp();
            news |= await TakeLatencyAsync(partitions);
        }

        if (news)
        {
            await SaveAsync();
            await DeliverAsync();
        }

        return _metrics.State.Readings;
    }

    /// <inheritdoc/>
    public Task<long> ReadingsAsync() => Task.FromResult(_metrics.State.Readings);

    private async Task<(string Partition, PartitionIntervals? Told)> AskAsync(string partition)
    {
        // Only what is saved counts as told, so that the partition keeps the rest.
        try
        {
            return (partition, await GrainFactory.GetGrain<ITrafficGrain>(partition).IntervalsAsync(_saved.GetValueOrDefault(partition, -1), MostIntervals));
        }
        catch (Exception exception)
        {
            // The others go on; this one is asked again.
            LogUnanswered(partition, exception.GetType().Name);
            return (partition, null);
        }
    }

    private async Task<bool> TakeLatencyAsync(string[] partitions)
    {
        var bins = new LatencyBins();
        foreach (var pairs in await Task.WhenAll(partitions.Select(partition => GrainFactory.GetGrain<ITrafficGrain>(partition).TakeLatenciesAsync())))
        {
            bins.AddPairs(pairs);
        }

        if (bins.View() is not { Count: > 0 } latency)
        {
            return false;
        }

        _metrics.Add(new TelemetryPoint(OwnStreams.Latency, time.GetUtcNow().ToUnixTimeMilliseconds(), [latency.P50.TotalMilliseconds, latency.P99.TotalMilliseconds]));
        return true;
    }

    private async Task DeliverAsync()
    {
        var outbox = _metrics.State.Outbox;
        if (outbox.Count == 0)
        {
            return;
        }

        await Task.WhenAll(outbox.Select(pair => DeliverAsync(pair.Key, pair.Value)));
        outbox.Clear();
    }

    private async Task DeliverAsync(string stream, List<StreamRow> rows)
    {
        // What was given before is saved there, so the stream cannot be behind it.
        var grain = GrainFactory.GetGrain<IStreamEstimatorGrain>(stream);
        var last = rows[^1].Sequence;
        EstimatorReply reply;
        do
        {
            await grain.ObserveAsync(ISliceMetricsGrain.Partition, 0, rows);
            reply = await grain.SaveAsync(ISliceMetricsGrain.Partition, last);
        }
        while (reply.Durable < last);
    }

    private async Task SaveAsync()
    {
        try
        {
            state.State.Metrics = _metrics.Save();
            await state.WriteStateAsync();
        }
        catch (Exception exception)
        {
            // What was told of and is not saved is told of again by the next activation, from the same intervals.
            LogUnsaved(exception.GetType().Name);
            DeactivateOnIdle();
            throw;
        }

        NoteSaved();
    }

    private void NoteSaved()
    {
        foreach (var (partition, told) in _metrics.State.Partitions)
        {
            _saved[partition] = told.Last;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} does not tell its intervals ({Reason}); it is asked again.")]
    private partial void LogUnanswered(string partition, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Guard's own metrics could not be saved ({Reason}); they begin again where they were saved last.")]
    private partial void LogUnsaved(string reason);
}
