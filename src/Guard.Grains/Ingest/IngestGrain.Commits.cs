using System.Buffers;

namespace Guard.Grains.Ingest;

/// <summary>From what is decided to a committed position.</summary>
internal sealed partial class IngestGrain
{
    /// <inheritdoc/>
    public async Task<IngestStatus> CommitAsync()
    {
        _reports.Send();
        await SaveAsync(_stopping.Token);
        return Status();
    }

    /// <inheritdoc/>
    public Task<IngestStatus> StatusAsync() => Task.FromResult(Status());

    /// <inheritdoc/>
    public Task<TimeSpan> QueueAgeAsync() => Task.FromResult(_waiting.AgeAt(_time.GetUtcNow().ToUnixTimeMilliseconds()));

    private IngestStatus Status() => new()
    {
        Last = _last,
        Committed = _committed,
        Clicks = _intake.Sequence,
        Repeated = _repeated,
        Refetched = _refetched,
        Expired = _expired,
        Quarantined = _quarantine.Count,
        CaughtUp = _counters.CaughtUp + _estimators.CaughtUp,
        Lost = _counters.Lost,
    };

    // Shards take their time to save; events that come meanwhile are decided, and belong to the next position.
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            var (state, clicks, captured) = await CaptureAsync();
            if (state.SequenceNumber != _committed)
            {
                await CommitAsync(state, clicks, cancellationToken);
                _instruments.Committed(_partition, captured);
            }
        }
        catch (Exception exception)
        {
            GiveUp(exception);
            throw;
        }
        finally
        {
            _saving.Release();
        }
    }

    private async Task<(IngestState State, long Clicks, long At)> CaptureAsync()
    {
        var captured = (new IngestState(), 0L, 0L);
        await GuardedAsync(() =>
        {
            var intake = new ArrayBufferWriter<byte>();
            if (_last != _committed)
            {
                _intake.Save(intake);
            }

            var state = new IngestState
            {
                SequenceNumber = _last,
                Offset = _offset,
                Intake = intake.WrittenSpan.ToArray(),
                Given = _counters.Given(),
                Readings = _estimators.Readings,
            };
            captured = (state, _intake.Sequence, _instruments.Now);
            return Task.CompletedTask;
        });
        return captured;
    }

    private async Task CommitAsync(IngestState state, long clicks, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            _counters.SaveAsync(_partition, state.Given, cancellationToken),
            _estimators.SaveAsync(_partition, cancellationToken),
            _watch.SaveAsync(_partition, state.SequenceNumber, cancellationToken));
        _state.State = state;
        await _state.WriteStateAsync(cancellationToken);
        _committed = state.SequenceNumber;
        _reports.Commit(_committed);
        state.Intake = [];
        _counters.Forget(clicks);
        _estimators.Forget(state.Readings);
        if (_bodies is null)
        {
            await _positions.CommitAsync(_partition, new HubPosition(state.SequenceNumber, state.Offset), cancellationToken);
        }
        else
        {
            _bodies.Forget(_committed);
        }
    }
}
