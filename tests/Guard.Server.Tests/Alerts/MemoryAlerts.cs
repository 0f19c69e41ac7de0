using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Server.Tests.Alerts;

/// <summary>Alert events in memory, of which the newest may be all that is kept.</summary>
internal sealed class MemoryAlerts(int kept = int.MaxValue) : IAlertEvents
{
    private readonly List<AlertEvent> _events = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<long> LastAsync(CancellationToken cancellationToken = default)
    {
        lock (_events)
        {
            return new(_events.Count);
        }
    }

    public void Add(int count = 1)
    {
        lock (_events)
        {
            for (; count > 0; count--)
            {
                var number = _events.Count + 1;
                var alert = new Alert(1_767_225_600_000 + number, 1_767_225_600_000 + number, null, .9, 1, 2, []);
                _events.Add(new AlertEvent(number, AlertPhase.Started, new StreamAlert($"alert-{number}", number, "guard.slice.all.clicks", alert)));
            }

            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public ValueTask<IReadOnlyList<AlertEvent>> ReadAsync(long after, int maximum, CancellationToken cancellationToken = default)
    {
        lock (_events)
        {
            return ValueTask.FromResult<IReadOnlyList<AlertEvent>>([.. _events.Where(one => one.Number > after && one.Number > _events.Count - (long)kept).Take(maximum)]);
        }
    }

    public async ValueTask WaitAsync(long after, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task more;
            lock (_events)
            {
                if (_events.Count > after)
                {
                    return;
                }

                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }
}
