using Guard.Core.Hosting;
using Guard.Grains.Estimating;

namespace Guard.Grains.Watching;

/// <summary>A cluster's telemetry streams, asked for where they are estimated.</summary>
/// <param name="grains">Finds them.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterStreams(IGrainFactory grains, TimeProvider time) : IStreams
{
    private const int MostAlerts = 1_000;

    // Everyone who watches the console asks once a second, and streams are many.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<StreamSummary>>? _list;
    private long _listed;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StreamSummary>> ListAsync(CancellationToken cancellationToken = default)
    {
        Task<IReadOnlyList<StreamSummary>> list;
        lock (_lock)
        {
            if (_list is null or { IsFaulted: true } || (_list.IsCompleted && time.GetElapsedTime(_listed) >= s_fresh))
            {
                (_listed, _list) = (time.GetTimestamp(), ReadListAsync());
            }

            list = _list;
        }

        return await list.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StreamView?> FindAsync(string stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);

        // A name that nobody sent is not made a grain by asking for it.
        var names = await Names.ListAsync().WaitAsync(cancellationToken);
        return Array.BinarySearch(names, stream, StringComparer.Ordinal) >= 0 && await Grain(stream).DetailAsync().WaitAsync(cancellationToken) is { } detail
            ? new StreamView(SummaryOf(stream, detail.Brief), detail.Readings, detail.Alerts, detail.ChangePoints)
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StreamAlert>> AlertsAsync(int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostAlerts);
        var alerts = await grains.GetGrain<IAlertBookGrain>(IAlertBookGrain.Key).AlertsAsync(maximum).WaitAsync(cancellationToken);
        return await Task.WhenAll(alerts.Select(NowAsync)).WaitAsync(cancellationToken);
    }

    private INamesGrain Names => grains.GetGrain<INamesGrain>(INamesGrain.Streams);

    private static StreamSummary SummaryOf(string stream, StreamBrief brief) => new(stream, brief.Dimension, brief.Rows, brief.Newest, brief.Open);

    private IStreamEstimatorGrain Grain(string stream) => grains.GetGrain<IStreamEstimatorGrain>(stream);

    // One that goes on has grown since it started.
    private async Task<StreamAlert> NowAsync(StreamAlert alert) =>
        alert.Alert.End is null && await Grain(alert.Stream).BriefAsync() is { Open: { } open } && open.Id == alert.Id ? alert with { Alert = open.Alert } : alert;

    private async Task<IReadOnlyList<StreamSummary>> ReadListAsync()
    {
        var names = await Names.ListAsync();
        var briefs = await Task.WhenAll(names.Select(name => Grain(name).BriefAsync()));
        return [.. names.Zip(briefs).Where(static pair => pair.Second is not null).Select(static pair => SummaryOf(pair.First, pair.Second!))];
    }
}
