using Guard.Grains.Ingest;

namespace Guard.Grains.Intake;

/// <summary>
/// The way of one HTTP partition's bodies into its log and on to their decisions. What waits while a group is being written
/// makes the next one; a group is decided while the next is being written. Lives on one activation's thread.
/// </summary>
/// <param name="log">Writes the log.</param>
/// <param name="time">Measures.</param>
/// <param name="catchUp">Decides what the log holds already, and tells the number of its last message.</param>
/// <param name="decide">Decides messages, and tells those who wait for them.</param>
/// <param name="giveUp">Ends the activation, since somebody else writes the log or it cannot be written.</param>
/// <param name="stopping">Ends what still waits when the silo stops.</param>
internal sealed class LoggedBodies(
    EventLogWriter log, TimeProvider time, Func<Task<long>> catchUp, Func<IReadOnlyList<HubMessage>, IReadOnlyList<BodyTally>, Task> decide, Action<Exception> giveUp, CancellationToken stopping)
{
    private const int MostMessages = 4_096;
    private const long MostBytes = 4 << 20;
    private readonly Queue<BodyCall> _waiting = [];
    private readonly Queue<(EventGroup Group, BodyCall[] Calls)> _logged = [];
    private Task? _begun;
    private Task _logging = Task.CompletedTask;
    private Task _deciding = Task.CompletedTask;
    private Task _trimming = Task.CompletedTask;
    private Exception? _fault;

    /// <summary>Takes bodies in; ends when they are decided.</summary>
    public Task<BodyReceipt[]> SendAsync(IReadOnlyList<SentBody> bodies)
    {
        var call = new BodyCall(bodies);
        if (_fault is not null)
        {
            call.Fail(_fault);
            return call.Receipts;
        }

        _waiting.Enqueue(call);
        if (_logging.IsCompleted)
        {
            _logging = LogAsync();
        }

        return call.Receipts;
    }

    /// <summary>Decides, once, what the log held when this activation began.</summary>
    public Task CatchUpAsync() => _begun ??= BeginAsync();

    /// <summary>Deletes, beside what goes on, the log's groups that are committed; what cannot be deleted is left for the next time.</summary>
    public void Forget(long committed)
    {
        if (_trimming.IsCompleted)
        {
            _trimming = log.TrimAsync(committed, stopping);
        }
    }

    private async Task BeginAsync()
    {
        var since = time.GetTimestamp();
        await log.BeginAsync(await catchUp(), since, stopping);
    }

    private async Task LogAsync()
    {
        try
        {
            await CatchUpAsync();
            while (_waiting.Count > 0)
            {
                var calls = TakeWaiting();
                try
                {
                    _logged.Enqueue((await log.AppendAsync([.. calls.SelectMany(call => call.Bodies)], stopping), calls));
                }
                catch (Exception exception)
                {
                    Fail(calls, exception);
                    throw;
                }

                if (_deciding.IsCompleted)
                {
                    _deciding = DecideAsync();
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task DecideAsync()
    {
        try
        {
            while (_logged.Count > 0)
            {
                List<(EventGroup Group, BodyCall[] Calls)> groups = [.. _logged];
                _logged.Clear();
                try
                {
                    await decide([.. groups.SelectMany(item => EventLog.Messages(item.Group))], [.. groups.SelectMany(item => item.Calls).SelectMany(call => call.Tallies)]);
                }
                catch (Exception exception)
                {
                    groups.ForEach(item => Fail(item.Calls, exception));
                    throw;
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private BodyCall[] TakeWaiting()
    {
        var calls = new List<BodyCall>();
        var (messages, bytes) = (0, 0L);
        do
        {
            var call = _waiting.Dequeue();
            calls.Add(call);
            messages += call.Bodies.Count;
            bytes += call.Length;
        }
        while (_waiting.TryPeek(out var next) && messages + next.Bodies.Count <= MostMessages && bytes + next.Length <= MostBytes);
        return [.. calls];
    }

    private void Fail(Exception exception)
    {
        _fault ??= exception;
        Fail([.. _waiting, .. _logged.SelectMany(item => item.Calls)], exception);
        _waiting.Clear();
        _logged.Clear();
        giveUp(exception);
    }

    private static void Fail(BodyCall[] calls, Exception exception) => Array.ForEach(calls, call => call.Fail(exception));
}
