using System.Threading.Channels;
using Guard.Core.Hosting;
using Guard.Engine.Decisions;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Engine.Telemetry;

namespace Guard.Engine.Hosting;

/// <summary>Tells senders that their events are durable, and readers that there are new decisions, in the order of the log.</summary>
internal sealed class Acknowledger
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
    private readonly Channel<Batch> _batches = Channel.CreateUnbounded<Batch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly PartitionLog _log;
    private readonly DurableNumber _last;
    private readonly DurableNumber _lastAlert;
    private readonly TrafficMeter _meter;
    private readonly EngineInstruments _instruments;
    private readonly TimeProvider _time;

    public Acknowledger(PartitionLog log, DurableNumber last, DurableNumber lastAlert, TrafficMeter meter, EngineInstruments instruments, TimeProvider time)
    {
        (_log, _last, _lastAlert, _meter, _instruments, _time) = (log, last, lastAlert, meter, instruments, time);
        Ended = Task.Run(RunAsync);
    }

    /// <summary>Gets the task that ends when everything was acknowledged after <see cref="Complete"/>.</summary>
    public Task Ended { get; }

    /// <summary>Takes a batch that was appended.</summary>
    /// <param name="position">Its position in the log.</param>
    /// <param name="last">The number of the last click so far.</param>
    /// <param name="lastAlert">The number of the last alert event so far.</param>
    /// <param name="deliveries">The deliveries whose last event it holds.</param>
    public void Add(long position, long last, long lastAlert, Delivery[] deliveries) => _batches.Writer.TryWrite(new Batch(position, last, lastAlert, deliveries));

    /// <summary>Says that no more come.</summary>
    public void Complete() => _batches.Writer.TryComplete();

    /// <summary>Makes the answer of a host that cannot keep what it is given.</summary>
    public static BusyException Unfit(string problem) => new(problem, s_retry, unfit: true);

    private async Task RunAsync()
    {
        await foreach (var batch in _batches.Reader.ReadAllAsync())
        {
            try
            {
                await _log.WaitDurableAsync(batch.Position);
            }
            catch (LogFailedException exception)
            {
                foreach (var delivery in batch.Deliveries)
                {
                    delivery.Fail(Unfit(exception.Message));
                }

                continue;
            }

            _last.Advance(batch.Last);
            _lastAlert.Advance(batch.LastAlert);
            foreach (var delivery in batch.Deliveries)
            {
                var latency = _time.GetElapsedTime(delivery.ArrivedAt);
                if (delivery.Clicks > 0)
                {
                    _meter.Latency.Add(latency, delivery.Clicks);
                }

                _instruments.OnDurable(latency);
                delivery.Complete();
            }
        }
    }

    private readonly record struct Batch(long Position, long Last, long LastAlert, Delivery[] Deliveries);
}
