namespace Guard.Engine.Log;

/// <summary>The blocks between the appender and the writer: one buffer fills while the other is written.</summary>
internal sealed class PendingBlocks(int limit, long next, long nextNumber, uint lastChecksum)
{
    private readonly object _gate = new();
    private BlockBuffer _filling = new();
    private BlockBuffer _writing = new();
    private TaskCompletionSource? _room;
    private LogFailedException? _failure;
    private bool _completed;
    private long _next = next;
    private long _nextNumber = nextNumber;
    private uint _lastChecksum = lastChecksum;

    /// <summary>Gets the position that the next block gets.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Gets the number behind the last click appended.</summary>
    public long NextNumber => Volatile.Read(ref _nextNumber);

    /// <summary>Gets the bytes that wait for the disk.</summary>
    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _filling.Length + _writing.Length;
            }
        }
    }

    /// <summary>Adds a block and gives its position.</summary>
    public long Append(long first, int count, ReadOnlySpan<ulong> keys, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            ObjectDisposedException.ThrowIf(_completed, typeof(PartitionLog));
            ArgumentOutOfRangeException.ThrowIfLessThan(first, _nextNumber);
            _lastChecksum = _filling.Add(_next, first, count, _lastChecksum, keys, payload);
            Volatile.Write(ref _nextNumber, first + count);
            Monitor.Pulse(_gate);
            var position = _next;
            Volatile.Write(ref _next, position + 1);
            return position;
        }
    }

    /// <summary>Waits for blocks and takes all of them; <see langword="null"/> once no more come.</summary>
    public BlockBuffer? Take()
    {
        lock (_gate)
        {
            while (_filling.Length == 0)
            {
                if (_completed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            (_filling, _writing) = (_writing, _filling);
            return _writing;
        }
    }

    /// <summary>Forgets bytes of the buffer that was taken, which are durable.</summary>
    public void Release(int count)
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            _writing.Release(count);
            if (_filling.Length + _writing.Length < limit)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.TrySetResult();
    }

    /// <summary>Completes once fewer bytes wait than the limit.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            return _filling.Length + _writing.Length < limit
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Lets the writer end once what waits is written.</summary>
    /// <returns>Whether it was not told so before.</returns>
    public bool Complete()
    {
        lock (_gate)
        {
            var isFirst = !_completed;
            _completed = true;
            Monitor.Pulse(_gate);
            return isFirst;
        }
    }

    /// <summary>Refuses all further blocks.</summary>
    public void Fail(LogFailedException failure)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _failure = failure;
            (room, _room) = (_room, null);
        }

        room?.TrySetException(failure);
    }
}
