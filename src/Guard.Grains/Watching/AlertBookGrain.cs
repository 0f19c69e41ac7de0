using System.Buffers;
using Guard.Core.Hosting;
using Guard.Core.Watching.Streams;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Guard.Grains.Watching;

/// <summary>The book in one conditional write; what comes while one is on its way is in the next. A number is told to nobody before it is durable.</summary>
[GrainType("guard.alert-book")]
[Reentrant]
internal sealed class AlertBookGrain(
    [PersistentState("alert-book", GrainNames.Storage)] IPersistentState<AlertBookState> state, IOptions<ClusterOptions> options, TimeProvider time) : Grain, IAlertBookGrain
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private AlertBook _book = null!;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _saving = Task.CompletedTask;
    private long _durable;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var capacity = options.Value.Watching.Alerts;
        _book = state.State.Book.Length == 0 ? new AlertBook(capacity) : AlertBook.Restore(state.State.Book, capacity);
        state.State.Book = [];
        _durable = _book.LastEvent;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _moved.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<long[]> TellAsync(ToldAlert[] alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        long[] numbers = [.. alerts.Select(told => _book.Take(told.Phase, told.Alert))];
        var wanted = _book.LastEvent;
        while (_durable < wanted)
        {
            await (_saving.IsCompleted ? _saving = SaveAsync() : _saving);
        }

        return numbers;
    }

    /// <inheritdoc/>
    public Task<long> LastAsync() => Task.FromResult(_durable);

    /// <inheritdoc/>
    public async Task<long> WaitAsync(long after)
    {
        if (_durable <= after)
        {
            await Task.WhenAny(_moved.Task, Task.Delay(s_patience, time));
        }

        return _durable;
    }

    /// <inheritdoc/>
    public Task<NumberedAlert[]> ReadAsync(long after, int maximum) => Task.FromResult<NumberedAlert[]>(
        [.. _book.EventsAfter(after, maximum).TakeWhile(one => one.Number <= _durable).Select(static one => new NumberedAlert(one.Number, one.Phase, one.Alert))]);

    /// <inheritdoc/>
    public Task<StreamAlert[]> AlertsAsync(int maximum) => Task.FromResult<StreamAlert[]>([.. _book.Kept.Reverse().Take(maximum)]);

    private async Task SaveAsync()
    {
        var (last, bytes) = (_book.LastEvent, new ArrayBufferWriter<byte>());
        _book.Save(bytes);
        state.State.Book = bytes.WrittenSpan.ToArray();
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            state.State.Book = [];
        }

        _durable = last;
        var moved = _moved;
        _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        moved.TrySetResult();
    }
}
