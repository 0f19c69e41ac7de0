using Guard.Core.Hosting;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Engine.Telemetry;

namespace Guard.Engine.Hosting;

/// <summary>Tells senders that their events are durable, and readers that there are new decisions, in the order of the log and on its thread.</summary>
internal sealed class Acknowledger : IDurabilityListener
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Queue<Batch> _waiting = new();
    private readonly PartitionLog _log;
    private readonly Milestone _last;
    private readonly Milestone _lastAlert;
    private readonly TrafficMeter _meter;
    private readonly EngineInstruments _instruments;
    private readonly TimeProvider _time;
    private LogFailedException? _failure;

    public Acknowledger(PartitionLog log, Milestone last, Milestone lastAlert, TrafficMeter meter, EngineInstruments instruments, TimeProvider time)
    {
        (_log, _last, _lastAlert, _meter, _instruments, _time) = (log, last, lastAlert, meter, instruments, time);
        log.Listen(this);
    }

    /// <summary>Makes the answer of a host that cannot keep what it is given.</summary>
    public static BusyException Unfit(string problem) => new(problem, s_retry, unfit: true);

    /// <summary>Takes a batch that was appended, which may be durable already.</summary>
    /// <param name="position">Its position in the log.</param>
    /// <param name="last">The number of the last click so far.</param>
    /// <param name="lastAlert">The number of the last alert event so far.</param>
    /// <param name="deliveries">The deliveries whose last event it holds.</param>
    public void Add(long position, long last, long lastAlert, Delivery[] deliveries)
    {
        lock (_gate)
        {
            _waiting.Enqueue(new Batch(position, last, lastAlert, deliveries));
            Acknowledge(_log.Durable);
        }
    }

    /// <inheritdoc/>
    public void OnDurable(long end)
    {
        lock (_gate)
        {
            Acknowledge(end);
        }
    }

    /// <inheritdoc/>
    public void OnFailed(LogFailedException failure)
    {
        lock (_gate)
        {
            _failure = failure;
            Acknowledge(_log.Durable);
        }
    }

    private void Acknowledge(long end)
    {
        while (_waiting.TryPeek(out var batch) && batch.Position < end)
        {
            _waiting.Dequeue();
            _last.Advance(batch.Last);
            _lastAlert.Advance(batch.LastAlert);
            Array.ForEach(batch.Deliveries, Acknowledge);
        }

        while (_failure is not null && _waiting.TryDequeue(out var batch))
        {
            Array.ForEach(batch.Deliveries, delivery => delivery.Fail(Unfit(_failure.Message)));
        }
    }

    private void Acknowledge(Delivery delivery)
    {
        var latency = _time.GetElapsedTime(delivery.ArrivedAt);
        if (delivery.Clicks > 0)
        {
            _meter.Latency.Add(latency, delivery.Clicks);
        }

        _instruments.OnDurable(latency);
        delivery.Complete();
    }

    private readonly record struct Batch(long Position, long Last, long LastAlert, Delivery[] Deliveries);
}
