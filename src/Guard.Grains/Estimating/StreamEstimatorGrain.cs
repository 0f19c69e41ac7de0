using Guard.Core.Estimation.Detection;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Guard.Grains.Estimating;

/// <summary>A stream detector behind a grain: strictly in order, saved with its positions in one conditional write.</summary>
[GrainType("guard.stream-estimator")]
internal sealed class StreamEstimatorGrain(
    [PersistentState("estimator", GrainNames.Storage)] IPersistentState<EstimatorState> state, IOptions<ClusterOptions> options) : Grain, IStreamEstimatorGrain
{
    private readonly Dictionary<int, long> _durable = [];
    private StreamDetector? _detector;
    private bool _dirty;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _detector = state.State.Detector.Length > 0 ? StreamDetector.Restore(state.State.Detector) : null;
        foreach (var (partition, position) in state.State.Positions)
        {
            _durable[partition] = position;
        }

        var every = options.Value.SaveEvery;
        this.RegisterGrainTimer(static (self, _) => self.SaveAsync(), this, new GrainTimerCreationOptions(every, every));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is not saved, the partition gives again.
        await SaveAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <inheritdoc/>
    public Task<EstimatorReply> ObserveAsync(int partition, long previous, IReadOnlyList<StreamRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var last = state.State.Positions.GetValueOrDefault(partition);
        if (last < previous)
        {
            return Task.FromResult(Reply(partition, behind: true));
        }

        foreach (var row in rows)
        {
            if (row.Sequence <= last)
            {
                continue;
            }

            last = row.Sequence;
            _detector ??= new StreamDetector(row.Values.Length);
            if (row.Values.Length == _detector.Dimension)
            {
                _detector.Update(row.Time, row.Values);
            }
            else
            {
                state.State.Misfits++;
            }
        }

        _dirty |= last != state.State.Positions.GetValueOrDefault(partition);
        state.State.Positions[partition] = last;
        return Task.FromResult(Reply(partition));
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
    public Task<EstimatorView> ViewAsync() => Task.FromResult(new EstimatorView(
        _detector?.Dimension ?? 0, _detector?.Rows ?? 0, state.State.Misfits, _detector?.LatestAlert is { End: null }, _detector?.Save() ?? []));

    private async Task SaveAsync()
    {
        if (!_dirty)
        {
            return;
        }

        try
        {
            state.State.Detector = _detector?.Save() ?? [];
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            throw;
        }

        _dirty = false;
        foreach (var (partition, position) in state.State.Positions)
        {
            _durable[partition] = position;
        }
    }

    private EstimatorReply Reply(int partition, bool behind = false) =>
        new(state.State.Positions.GetValueOrDefault(partition), _durable.GetValueOrDefault(partition), behind);
}
