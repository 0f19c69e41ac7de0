using Guard.Core.Clicks;

namespace Guard.Grains.Estimating;

/// <summary>The way of one partition's telemetry to the streams' estimators. One instance serves one partition, one batch at a time.</summary>
internal sealed class GrainEstimators(IGrainFactory grains, ClusterOptions options, TimeProvider time)
{
    private readonly Retries _retries = new(time, options.RetryFor);
    private readonly Dictionary<string, Given> _streams = new(StringComparer.Ordinal);

    /// <summary>Gets or sets how many readings the partition had.</summary>
    public long Readings { get; set; }

    /// <summary>Gets how often an estimator was brought up to date.</summary>
    public long CaughtUp { get; private set; }

    /// <summary>Hands a batch's readings on, one call a touched stream.</summary>
    public Task ObserveAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        List<(string Stream, List<StreamRow> Rows)> calls = [];
        foreach (var group in batch.Telemetry.Select(point => (point.Stream, Row: new StreamRow(++Readings, point.Time, [.. point.Values]))).GroupBy(item => item.Stream, item => item.Row))
        {
            calls.Add((group.Key, [.. group]));
        }

        return Task.WhenAll(calls.Select(call => ObserveAsync(call.Stream, batch.Partition, call.Rows, cancellationToken)));
    }

    /// <summary>Has every estimator save what it was given of the partition until now; readings that come meanwhile do not hold it up.</summary>
    public Task SaveAsync(int partition, CancellationToken cancellationToken) =>
        Task.WhenAll(_streams.Where(stream => stream.Value.Retained.Count > 0).Select(stream => SaveAsync(stream.Key, stream.Value, partition, stream.Value.Last, cancellationToken)).ToArray());

    /// <summary>Forgets the readings up to a number, which are committed, and streams without later ones: what every estimator saved, none can be set back behind.</summary>
    public void Forget(long through)
    {
        foreach (var (stream, given) in _streams)
        {
            given.Retained.RemoveAll(row => row.Sequence <= through);
            if (given.Retained.Count == 0)
            {
                _streams.Remove(stream);
            }
        }
    }

    private async Task ObserveAsync(string stream, int partition, List<StreamRow> rows, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(stream, out var given))
        {
            _streams[stream] = given = new Given();
        }

        var previous = given.Last;
        given.Last = rows[^1].Sequence;
        given.Retained.AddRange(rows);
        var reply = await _retries.RunAsync(() => Grain(stream).ObserveAsync(partition, previous, rows), cancellationToken);
        if (reply.Behind)
        {
            await CatchUpAsync(stream, given, partition, reply.Last, cancellationToken);
        }
    }

    private async Task SaveAsync(string stream, Given given, int partition, long through, CancellationToken cancellationToken)
    {
        var reply = await _retries.RunAsync(() => Grain(stream).SaveAsync(partition, through), cancellationToken);
        while (reply.Durable < through)
        {
            await CatchUpAsync(stream, given, partition, reply.Last, cancellationToken);
            reply = await _retries.RunAsync(() => Grain(stream).SaveAsync(partition, through), cancellationToken);
        }
    }

    private async Task CatchUpAsync(string stream, Given given, int partition, long last, CancellationToken cancellationToken)
    {
        CaughtUp++;
        List<StreamRow> missing = [.. given.Retained.Where(row => row.Sequence > last)];
        await _retries.RunAsync(() => Grain(stream).ObserveAsync(partition, last, missing), cancellationToken);
    }

    private IStreamEstimatorGrain Grain(string stream) => grains.GetGrain<IStreamEstimatorGrain>(stream);

    private sealed class Given
    {
        public long Last { get; set; }

        public List<StreamRow> Retained { get; } = [];
    }
}
