using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Blocks;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Engine.Policy;
using Guard.Engine.Snapshots;
using Guard.Engine.State;
using Guard.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace Guard.Engine.Hosting;

/// <summary>
/// The one thread that owns the state: makes batches of what waits, has them counted and decided, appends them to the log,
/// and between two batches does small works, gives decisions that are due and takes a part of a snapshot. It waits for no disk: where the log has no room, it makes no batch.
/// </summary>
internal sealed partial class BatchLoop : IDecisionSink
{
    private const int IdleMilliseconds = 200;
    private const int BusyMilliseconds = 2;
    private const int DueMilliseconds = 1;

    /// <summary>How long the log goes without a block: an empty one lets time pass for the metrics, also where no event comes.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How soon a batch follows the one before while that is on its way to the disk. What comes meanwhile shares a batch, a flush and the turns of
    /// threads, which cost more than a click does; who comes alone, or one after the other, waits for nobody.
    /// </summary>
    private const int SpacingMilliseconds = 1;

    private readonly EngineState _state;
    private readonly PartitionLog _log;
    private readonly IntakeQueue _queue;
    private readonly ArrivedPool _pool;
    private readonly Acknowledger _acknowledger;
    private readonly SnapshotTaker _snapshots;
    private readonly TrafficMeter _meter;
    private readonly EngineInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _batchEvents;
    private readonly ClickPipeline _pipeline;
    private readonly EventBatch _batch = new() { Partition = EngineState.Partition };
    private readonly AdmittedOrder _order = new();
    private readonly List<Delivery> _finished = [];
    private readonly ArrayBufferWriter<byte> _block = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoggedPolicies _policies;
    private readonly OwnTelemetry _own;
    private readonly DueScores _scores;
    private ulong[] _keys = [];
    private long _lastBlock;
    private Delivery? _current;
    private Task? _room;

    public BatchLoop(
        EngineState state, PartitionLog log, IntakeQueue queue, ArrivedPool pool, PolicySource policies, Acknowledger acknowledger, SnapshotTaker snapshots,
        TrafficMeter meter, EngineInstruments instruments, LocalHostOptions options, TimeProvider time, ILogger logger)
    {
        (_state, _log, _queue, _pool, _acknowledger, _snapshots) = (state, log, queue, pool, acknowledger, snapshots);
        (_meter, _instruments, _time, _logger, _batchEvents) = (meter, instruments, time, logger, options.BatchEvents);
        _lastBlock = time.GetTimestamp();
        (_policies, _own, _scores) = (new LoggedPolicies(state, log), new OwnTelemetry(state, meter, time), new DueScores(options.ScorePatience, time));
        _pipeline = new ClickPipeline(state.Counters, this, () => policies.Current.Policy, options.Shards.Workers);
    }

    /// <summary>Gets the task that ends when the loop has drained a closed queue.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Gets why the loop ended without being asked to; <see langword="null"/> otherwise.</summary>
    public string? Fault { get; private set; }

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "guard engine" }.Start();

    /// <inheritdoc/>
    public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        var policy = _policies.NumberOf(decided.Policy!);
        var time = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _state.Watch(batch, decided, time);
        _block.ResetWrittenCount();
        DecidedBlockWriter.Write(_block, batch, decided, _order, policy, time);
        var clicks = batch.Clicks;
        if (_keys.Length < clicks.Length)
        {
            _keys = new ulong[Math.Max(clicks.Length, _keys.Length * 2)];
        }

        for (var row = 0; row < clicks.Length; row++)
        {
            _keys[row] = clicks[row].Id;
        }

        var first = clicks.IsEmpty ? _log.NextNumber : clicks[0].Sequence;
        var position = _log.Append(_block.WrittenSpan, first, clicks.Length, _keys.AsSpan(0, clicks.Length));
        _snapshots.Note(_block.WrittenCount);
        foreach (var delivery in _finished)
        {
            if (delivery is { WantsDecision: true, FirstNumber: > 0 })
            {
                var row = (int)(delivery.FirstNumber - first);
                delivery.Scored = new ScoredRow(clicks[row], decided.Decisions[row], decided.Row(row).ToArray(), decided.Policy!);
                _scores.Add(delivery);
            }
        }

        _acknowledger.Add(position, _state.Admission.Sequence, _state.Streams.LastEvent, [.. _finished]);
        _finished.Clear();
        _meter.Count(decided.Decisions);
        _instruments.OnBatch(_order.Count, decided.Decisions, batch.Purchases.Length, batch.Telemetry.Count, _order.DuplicateTimes.Length);
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        try
        {
            while (Turn())
            {
            }

            _snapshots.Finish();
        }
#pragma warning disable CA1031 // Whatever ends this thread must reach those who wait for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Whoever asks over HTTP is told no path of this machine, which the texts of other exceptions may hold.
            Fault = $"the engine stopped: {(exception is LogFailedException ? exception.Message : $"{exception.GetType().Name}, of which the host's log says more")}";
            LogStopped(_logger, exception, exception.Message);
            Abandon(Fault);
            _snapshots.GiveUp(Fault);
        }

        _ended.TrySetResult();
    }

    private bool Turn()
    {
        var hasRoom = HasRoom();
        if (!hasRoom && _queue.IsClosed && _log.Health is { Condition: not LogCondition.Writing })
        {
            Abandon("the host is stopping, and its log cannot be written");
            return false;
        }

        var hasMore = hasRoom && (_current is not null || _state.OwnReadings.Count > 0);
        _queue.Wait(hasRoom, hasMore ? 0 : _scores.AnyWaits ? DueMilliseconds : _snapshots.IsTaking ? BusyMilliseconds : IdleMilliseconds);
        if (hasRoom)
        {
            Gather();
        }

        while (_queue.TryWork(out var work))
        {
            work();
        }

        if (hasRoom)
        {
            ProcessBatch();
        }

        _instruments.OnEarly(_scores.Give());
        while (_state.OwnReadings.Count == 0 && _snapshots.Step() && _queue.Oldest is null)
        {
        }

        return !(_queue.IsClosed && _current is null && _queue.IsDrained && _state.OwnReadings.Count == 0);
    }

    private bool HasRoom()
    {
        if (_room is { IsCompleted: false })
        {
            return false;
        }

        _room?.GetAwaiter().GetResult();
        _room = _log.WaitForRoomAsync();
        if (_room.IsCompleted)
        {
            _room.GetAwaiter().GetResult();
            return true;
        }

        _ = _room.ContinueWith(_ => _queue.Signal(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return false;
    }

    private void Gather()
    {
        if (_current is null && _log.Durable < _log.Next && _time.GetElapsedTime(_lastBlock).TotalMilliseconds < SpacingMilliseconds)
        {
            _queue.Wait(readsDeliveries: false, SpacingMilliseconds);
        }
    }

    private void ProcessBatch()
    {
        _batch.Clear();
        _order.Clear();
        _own.AdmitTo(_batch, _order);
        while (_order.Count < _batchEvents && (_current is not null || _queue.TryDequeue(out _current)))
        {
            var arrived = _current.Arrived;
            while (arrived.Remaining > 0 && _order.Count < _batchEvents)
            {
                var outcome = arrived.AdmitNext(_state.Admission, _batch, out var arrival);
                _order.Add(arrival, outcome);
                _current.Note(outcome, arrival.Kind == EventKind.Click && outcome == IntakeOutcome.Accepted ? _state.Admission.Sequence : 0);
            }

            if (arrived.Remaining == 0)
            {
                _pool.Return(arrived);
                _queue.Release(_current.Charge);
                _finished.Add(_current);
                _current = null;
            }
        }

        var isTick = _time.GetElapsedTime(_lastBlock) >= s_tick;
        if (_order.Count > 0 || isTick)
        {
            _lastBlock = _time.GetTimestamp();
            using var activity = _instruments.Source.StartActivity("guard.batch");
            activity?.SetTag("guard.batch.size", _order.Count);

            // On one machine the shards answer before they return.
            _pipeline.ProcessAsync(_batch).AsTask().GetAwaiter().GetResult();
        }
    }

    private void Abandon(string problem)
    {
        _queue.Abandon(() => Acknowledger.Unfit(problem));
        _current?.Fail(Acknowledger.Unfit(problem));
        _finished.ForEach(delivery => delivery.Fail(Acknowledger.Unfit(problem)));
        while (_queue.TryWork(out var work))
        {
            work();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The engine stopped and takes nothing more in: {Problem}")]
    private static partial void LogStopped(ILogger logger, Exception exception, string problem);
}
