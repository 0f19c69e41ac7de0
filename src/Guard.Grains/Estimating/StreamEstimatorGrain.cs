using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Watching.Streams;
using Guard.Grains.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Guard.Grains.Estimating;

/// <summary>A telemetry stream behind a grain: strictly in order, saved with its positions in one conditional write.</summary>
/// <remarks>An alert is told to the cluster's book after the readings that led to it are saved, so none is told that a lost silo could undo.</remarks>
[GrainType("guard.stream-estimator")]
internal sealed partial class StreamEstimatorGrain(
    [PersistentState("estimator", GrainNames.Storage)] IPersistentState<EstimatorState> state, IOptions<ClusterOptions> options, ILogger<StreamEstimatorGrain> logger)
    : Grain, IStreamEstimatorGrain
{
    private const int KeptAlerts = 64;
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);
    private readonly Dictionary<int, long> _durable = [];
    private StreamRegistry _stream = null!;
    private bool _dirty;
    private bool _listed;
    private IGrainTimer? _telling;

    private string Name => this.GetPrimaryKeyString();

    private StreamRegistryOptions Options => new()
    {
        Streams = 1,
        Dimensions = EventLimits.Values,
        Readings = options.Value.Watching.Readings,
        Alerts = KeptAlerts,
    };

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var saved = state.State;
        _stream = saved.Watch.Length > 0 ? StreamRegistry.Restore(saved.Watch, Options)
            : saved.Detector.Length > 0 ? StreamRegistry.Of(Name, saved.Detector, Options)
            : new StreamRegistry(Options);
        (saved.Watch, saved.Detector) = ([], []);
        foreach (var (partition, position) in saved.Positions)
        {
            _durable[partition] = position;
        }

        var every = options.Value.SaveEvery;
        this.RegisterGrainTimer(static (self, _) => self.SaveAsync(), this, new GrainTimerCreationOptions(every, every));
        ScheduleTelling();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is not saved, the partition gives again.
        await SaveAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <inheritdoc/>
    public async Task<EstimatorReply> ObserveAsync(int partition, long previous, IReadOnlyList<StreamRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var last = state.State.Positions.GetValueOrDefault(partition);
        if (last < previous)
        {
            return Reply(partition, behind: true);
        }

        // Names may be made up without end: one too many learns nothing and is not saved.
        _listed = _listed || await GrainFactory.GetGrain<INamesGrain>(INamesGrain.Streams).AddAsync(Name, options.Value.Watching.Streams);
        foreach (var row in rows)
        {
            if (row.Sequence > last)
            {
                last = row.Sequence;
                if (_listed)
                {
                    _stream.Take(new TelemetryPoint(Name, row.Time, row.Values));
                }
            }
        }

        _dirty |= _listed && last != state.State.Positions.GetValueOrDefault(partition);
        state.State.Positions[partition] = last;
        if (!_listed)
        {
            _durable[partition] = last;
        }

        ScheduleTelling();
        return Reply(partition);
    }

    /// <inheritdoc/>
    public async Task<EstimatorReply> SaveAsync(int partition, long through)
    {
        if (_durable.GetValueOrDefault(partition) < through && state.State.Positions.GetValueOrDefault(partition) >= through)
        {
            await SaveAsync();
        }

        return Reply(partition);
    }

    /// <inheritdoc/>
    public Task<EstimatorView> ViewAsync()
    {
        var summary = _stream.Count == 0 ? null : _stream.List()[0];
        return Task.FromResult(new EstimatorView(summary?.Dimension ?? 0, summary?.Rows ?? 0, state.State.Misfits + _stream.LeftOut, summary?.Open is not null, Bytes()));
    }

    /// <inheritdoc/>
    public Task<StreamBrief?> BriefAsync() => Task.FromResult(_stream.Count == 0 ? null : BriefOf(_stream.List()[0]));

    /// <inheritdoc/>
    public Task<StreamDetail?> DetailAsync() => Task.FromResult(
        _stream.Find(Name) is { } view ? new StreamDetail(BriefOf(view.Summary), [.. view.Readings], [.. view.Alerts.Select(Numbered)], [.. view.ChangePoints]) : null);

    /// <inheritdoc/>
    public async Task TellAsync()
    {
        if (_stream.EventsAfter(state.State.Told, int.MaxValue) is not { Count: > 0 } events)
        {
            return;
        }

        await SaveAsync();
        var numbers = await GrainFactory.GetGrain<IAlertBookGrain>(IAlertBookGrain.Key).TellAsync([.. events.Select(static one => new ToldAlert(one.Phase, one.Alert))]);
        for (var index = 0; index < events.Count; index++)
        {
            state.State.Numbers[events[index].Alert.Id] = numbers[index];
        }

        state.State.Told = events[^1].Number;
        var kept = _stream.Alerts(KeptAlerts).Select(static alert => alert.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in state.State.Numbers.Keys.Where(id => !kept.Contains(id)).ToArray())
        {
            state.State.Numbers.Remove(gone);
        }

        // Told again after a loss, the book knows it.
        _dirty = true;
    }

    private void ScheduleTelling()
    {
        if (_telling is null && _stream.LastEvent > state.State.Told)
        {
            _telling = this.RegisterGrainTimer(static (self, _) => self.TryTellAsync(), this, new GrainTimerCreationOptions(TimeSpan.Zero, s_again));
        }
    }

    private async Task TryTellAsync()
    {
        try
        {
            await TellAsync();
            _telling?.Dispose();
            _telling = null;
        }
        catch (Exception exception) when (exception is not InconsistentStateException)
        {
            // The timer comes again.
            LogUntold(exception.GetType().Name);
        }
    }

    private async Task SaveAsync()
    {
        if (!_dirty)
        {
            return;
        }

        try
        {
            state.State.Watch = Bytes();
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            state.State.Watch = [];
        }

        _dirty = false;
        foreach (var (partition, position) in state.State.Positions)
        {
            _durable[partition] = position;
        }
    }

    private byte[] Bytes()
    {
        var bytes = new ArrayBufferWriter<byte>();
        _stream.Save(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private StreamBrief BriefOf(StreamSummary summary) => new(summary.Dimension, summary.Rows, summary.Newest, summary.Open is { } open ? Numbered(open) : null);

    private StreamAlert Numbered(StreamAlert alert) => alert with { Number = state.State.Numbers.GetValueOrDefault(alert.Id) };

    private EstimatorReply Reply(int partition, bool behind = false) =>
        new(state.State.Positions.GetValueOrDefault(partition), _durable.GetValueOrDefault(partition), behind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alerts of a stream could not be told ({Reason}); they are told again soon.")]
    private partial void LogUntold(string reason);
}
