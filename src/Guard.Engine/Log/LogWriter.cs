namespace Guard.Engine.Log;

/// <summary>The one thread that writes a log: it takes what waits, makes it durable with one flush, and keeps what a disk refuses until it goes.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly LogFolder _folder;
    private readonly PendingBlocks _pending;
    private readonly DurablePosition _durable;
    private readonly SegmentTail _tail;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private LogHealth _health;

    public LogWriter(LogFolder folder, PendingBlocks pending, DurablePosition durable, SegmentTail tail)
    {
        (_folder, _pending, _durable, _tail) = (folder, pending, durable, tail);
        _health = new LogHealth(LogCondition.Writing, folder.Time.GetUtcNow(), null);
        _thread = new Thread(Run) { IsBackground = true, Name = "guard log" };
        _thread.Start();
    }

    public LogHealth Health => Volatile.Read(ref _health);

    /// <summary>Writes what waits and ends. A disk that refuses then is asked once more, and what waits was never acknowledged.</summary>
    public void Dispose()
    {
        if (!_pending.Complete())
        {
            return;
        }

        _stop.Cancel();
        _thread.Join();
        _tail.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            while (_pending.Take() is { } blocks)
            {
                while (blocks.Length > 0)
                {
                    Commit(blocks);
                }
            }

            _durable.Fail(new LogFailedException("the log is closed"));
        }
        catch (LogFailedException failure)
        {
            Fail(failure);
        }
#pragma warning disable CA1031 // Whatever ends this thread must reach those who wait for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(new LogFailedException($"the log's writer ended: {exception.GetType().Name}, of which the host's log says more", exception));
        }
    }

    private void Commit(BlockBuffer blocks)
    {
        var lastTry = _stop.IsCancellationRequested;
        try
        {
            var (bytes, end) = _tail.Commit(blocks.Waiting);
            if (Health.Condition != LogCondition.Writing)
            {
                _folder.Journal.WritesAgain(Health.Condition, Health.Since);
                Say(LogCondition.Writing, null);
            }

            _pending.Release(bytes);
            _durable.Advance(end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var condition = DiskFull.Is(exception) ? LogCondition.DiskFull : LogCondition.Failing;
            if (Health.Condition != condition)
            {
                if (condition == LogCondition.DiskFull)
                {
                    Say(condition, "the disk of the data folder's log is full");
                    _folder.Journal.Full(_folder.Path, _pending.Length, exception.Message);
                }
                else
                {
                    Say(condition, "the disk of the data folder's log fails, the host's log says how");
                    _folder.Journal.Failing(_folder.Path, _pending.Length, exception.Message);
                }
            }

            if (lastTry)
            {
                throw new LogFailedException("the log was closed while its disk refused blocks that were never acknowledged", exception);
            }

            Rest();
        }
    }

    private void Rest()
    {
        try
        {
            Task.Delay(_folder.Options.RetryAfter, _folder.Time, _stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The next try is the last.
        }
    }

    private void Fail(LogFailedException failure)
    {
        Say(LogCondition.Failed, failure.Message);
        _folder.Journal.Failed(failure, _folder.Path, failure.Message);
        _pending.Fail(failure);
        _durable.Fail(failure);
    }

    private void Say(LogCondition condition, string? reason) => Volatile.Write(ref _health, new LogHealth(condition, _folder.Time.GetUtcNow(), reason));
}
