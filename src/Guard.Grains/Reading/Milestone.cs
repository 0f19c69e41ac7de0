namespace Guard.Grains.Reading;

/// <summary>A number that only grows, and who waits for it to do so. Safe for concurrent use.</summary>
internal sealed class Milestone
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _moved;
    private long _value;

    /// <summary>Gets the number.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Moves it on; a number that is not greater changes nothing.</summary>
    public void Advance(long value)
    {
        TaskCompletionSource? moved;
        lock (_lock)
        {
            if (value <= _value)
            {
                return;
            }

            Volatile.Write(ref _value, value);
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
                if (_value > after)
                {
                    return;
                }

                moved = (_moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }
}
