namespace Guard.Engine.Log;

/// <summary>How far a log is durable, and who waits for it.</summary>
internal sealed class DurablePosition(long end)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _moved;
    private LogFailedException? _failure;
    private IDurabilityListener? _listener;
    private long _end = end;

    /// <summary>Gets the position behind the last durable block.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Has a listener told on the log's own thread, before those who wait.</summary>
    public void Listen(IDurabilityListener listener) => Volatile.Write(ref _listener, listener);

    /// <summary>Moves it and wakes who waits.</summary>
    public void Advance(long end)
    {
        TaskCompletionSource? moved;
        lock (_gate)
        {
            Volatile.Write(ref _end, end);
            (moved, _moved) = (_moved, null);
        }

        Volatile.Read(ref _listener)?.OnDurable(end);
        moved?.TrySetResult();
    }

    /// <summary>Tells who waits that it moves no more.</summary>
    public void Fail(LogFailedException failure)
    {
        TaskCompletionSource? moved;
        lock (_gate)
        {
            _failure = failure;
            (moved, _moved) = (_moved, null);
        }

        Volatile.Read(ref _listener)?.OnFailed(failure);
        moved?.TrySetResult();
    }

    /// <summary>Completes once the block at a position is durable.</summary>
    public async ValueTask WaitAsync(long position, CancellationToken cancellationToken)
    {
        while (End <= position)
        {
            Task moved;
            lock (_gate)
            {
                if (End > position)
                {
                    return;
                }

                if (_failure is not null)
                {
                    throw _failure;
                }

                moved = (_moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }
}
