using Guard.Grains.Ingest;

namespace Guard.Grains.Intake;

/// <summary>
/// The way of one HTTP partition's bodies into its log and on to their decisions. What waits while a group is being written
/// makes the next one; a group is decided while the next is being written. Lives on one activation's thread.
/// </summary>
/// <param name="partition">The partition.</param>
/// <param name="log">The log.</param>
/// <param name="retries">Tries the store again.</param>
/// <param name="catchUp">Decides what the log holds already, and tells the number of its last message.</param>
/// <param name="decide">Decides messages, and notes what becomes of their events.</param>
/// <param name="giveUp">Ends the activation, since somebody else writes the log or it cannot be written.</param>
/// <param name="stopping">Ends what still waits when the silo stops.</param>
internal sealed class LoggedBodies(
    int partition, EventLog log, Retries retries, Func<Task<long>> catchUp, Func<IReadOnlyList<HubMessage>, IReadOnlyList<BodyTally>, Task> decide, Action<Exception> giveUp, CancellationToken stopping)
{
    private const int MostMessages = 4_096;
    private const long MostBytes = 4 << 20;
    private readonly Guid _writer = Guid.NewGuid();
    private readonly Queue<BodyCall> _waiting = [];
    private readonly Queue<(EventGroup Group, BodyCall[] Calls)> _logged = [];
    private Task<long>? _caughtUp;
    private Task _logging = Task.CompletedTask;
    private Task _deciding = Task.CompletedTask;
    private Exception? _fault;
    private long _next = -1;

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
    public Task CatchUpAsync() => _caughtUp ??= catchUp();

    private async Task LogAsync()
    {
        try
        {
            _next = _next < 0 ? await (_caughtUp ??= catchUp()) + 1 : _next;
            while (_waiting.Count > 0)
            {
                var calls = TakeWaiting();
                var group = new EventGroup { Partition = partition, FirstMessage = _next, Writer = _writer, Bodies = [.. calls.SelectMany(call => call.Bodies)] };
                await retries.RunAsync(() => log.CreateAsync(group, stopping), stopping);
                _next = group.LastMessage + 1;
                _logged.Enqueue((group, calls));
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

                groups.ForEach(item => Array.ForEach(item.Calls, call => call.Complete()));
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
