namespace Guard.Engine.Decisions;

/// <summary>The number of the newest durable decision, and who waits for it to move. Safe for concurrent use.</summary>
/// <param name="number">The number.</param>
internal sealed class DurableNumber(long number)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _moved;
    private long _number = number;

    /// <summary>Gets the number.</summary>
    public long Value => Volatile.Read(ref _number);

    /// <summary>Moves it on.</summary>
    public void Advance(long number)
    {
        TaskCompletionSource? moved;
        lock (_lock)
        {
            if (number <= _number)
            {
                return;
            }

            Volatile.Write(ref _number, number);
            (moved, _moved) = (_moved, null);
        }

        moved?.TrySetResult();
    }

    /// <summary>Waits until it is greater than a number.</summary>
    public async ValueTask WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (Value <= after)
        {
            Task moved;
            lock (_lock)
            {
                if (_number > after)
                {
                    return;
                }

                moved = (_moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }
}
