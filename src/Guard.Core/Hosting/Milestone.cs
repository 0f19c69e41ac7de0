namespace Guard.Core.Hosting;

/// <summary>A number that only grows, such as that of the newest durable decision, and who waits for it to do so. Safe for concurrent use.</summary>
/// <param name="value">The number at first.</param>
public sealed class Milestone(long value = 0)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _moved;
    private long _value = value;

    /// <summary>Gets the number.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Moves it on and wakes who waits; a number that is not greater changes nothing.</summary>
    /// <param name="value">The number.</param>
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
    /// <param name="after">The number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
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
