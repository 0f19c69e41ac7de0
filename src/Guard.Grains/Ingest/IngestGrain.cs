using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Estimating;
using Guard.Grains.Intake;
using Guard.Grains.Reading;
using Guard.Grains.Scoring;
using Guard.Grains.Streaming;
using Guard.Grains.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Guard.Grains.Ingest;

/// <summary>One partition's way from messages to decisions.</summary>
/// <remarks>
/// Whatever fails in the midst of a batch ends this activation: the next one begins at the committed position, numbers the
/// same messages alike, finds which are decided, and reads from the hub what the stream does not deliver again. Shards and
/// estimators skip what they have seen. Two activations of one partition meet at the first segment that both decide, and
/// at the state's entity tag; the later one gives way.
/// </remarks>
[GrainType("guard.ingest")]
[ImplicitStreamSubscription(GrainNames.StreamNamespace)]
internal sealed partial class IngestGrain : Grain, IIngestGrain, IAsyncBatchObserver<HubMessage>, IStreamSubscriptionObserver, IDecisionSink, IDisposable
{
    // A silo that stops has committed before; shards that stopped first are not waited for.
    private static readonly TimeSpan s_lastSave = TimeSpan.FromSeconds(2);

    private readonly IPersistentState<IngestState> _state;
    private readonly ClusterOptions _options;
    private readonly EventLog _log;
    private readonly TimeProvider _time;
    private readonly ICommittedPositions _positions;
    private readonly PolicyCache _policies;
    private readonly DecisionSegments _segments;
    private readonly IngestInstruments _instruments;
    private readonly LocalPartitions _local;
    private readonly ILogger _logger;
    private readonly GrainCounters _counters;
    private readonly GrainEstimators _estimators;
    private readonly PartitionWatch _watch;
    private readonly SegmentWriter _writer;
    private readonly DecisionReports _reports;
    private readonly HubQuarantine _quarantine;
    private readonly EventIntake _intake;
    private readonly ClickPipeline _pipeline;
    private readonly Answers _answers = new();
    private readonly EventBatch _batch = new();
    private readonly DecisionCounts _counts = new();
    private readonly List<HubEvent> _events = [];
    private readonly WaitingMessages _waiting = new();
    private readonly DeliveryPace _pace;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _saving = new(1);
    private readonly CancellationTokenSource _stopping;
    private IHubMapping _mapping;
    private IHubReader? _reader;
    private LoggedBodies? _bodies;
    private DecisionPolicy? _policy;
    private int _partition;
    private long _last = -1;
    private string _offset = "";
    private long _committed = -1;
    private long _decided = -1;
    private long _repeated;
    private long _refetched;
    private long _expired;
    private long _lost;
    private bool _failed;

    public IngestGrain(
        [PersistentState("ingest", GrainNames.Storage)] IPersistentState<IngestState> state,
        IOptions<ClusterOptions> options,
        KeyedHash hash,
        IHubMapping mapping,
        ICommittedPositions positions,
        PolicyCache policies,
        DecisionSegments segments,
        EventLog log,
        IArtifactStore store,
        IngestInstruments instruments,
        LocalPartitions local,
        TimeProvider time,
        ILogger<IngestGrain> logger,
        IServiceProvider services)
    {
        (_state, _options, _mapping, _positions, _policies, _segments) = (state, options.Value, mapping, positions, policies, segments);
        (_log, _time, _instruments, _local, _logger) = (log, time, instruments, local, logger);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(local.Stopping);
        _reader = services.GetService<IHubReader>();
        _pace = new DeliveryPace(services.GetService<HubStreamOptions>(), time);
        _counters = new GrainCounters(GrainFactory, _options, time);
        _estimators = new GrainEstimators(GrainFactory, _options, time);
        _watch = new PartitionWatch(GrainFactory, _options, time, logger);
        _writer = new SegmentWriter(segments);
        _reports = new DecisionReports(GrainFactory);
        _quarantine = new HubQuarantine(store, instruments);
        _intake = new EventIntake(_options.Intake, hash, _quarantine);
        _pipeline = new ClickPipeline(_counters, this, () => _policy!);
    }

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _partition = int.Parse(this.GetPrimaryKeyString());
        if (HttpPartitions.Holds(_partition))
        {
            (_mapping, _reader) = (new BodyMapping(), _log);
            var writer = new EventLogWriter(_partition, _log, new Retries(_time, _options.RetryFor), _time);
            _bodies = new LoggedBodies(writer, _time, ReplayAsync, DecideAsync, GiveUp, _stopping.Token);
        }

        var state = _state.State;
        if (state.SequenceNumber >= 0)
        {
            _intake.Restore(state.Intake);
            _counters.Restore(state.Given);
            _estimators.Readings = state.Readings;
            (_last, _committed, _offset) = (state.SequenceNumber, state.SequenceNumber, state.Offset);
        }

        _decided = _last;
        while (await _segments.FindAsync(_partition, _decided + 1, cancellationToken) is { } segment)
        {
            _decided = segment.LastMessage;
        }

        this.RegisterGrainTimer(static (self, _) => self.CommitAsync(), this, new GrainTimerCreationOptions(_options.CommitEvery, _options.CommitEvery) { Interleave = true });
        _local.Add(this.GetPrimaryKeyString());
        _instruments.Opened(_partition, _waiting);
        _reports.Begin(_partition, _decided, committed: _last);
        LogStarted(_partition, _last, _decided);
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _local.Remove(this.GetPrimaryKeyString());
        _instruments.Left(_partition, _waiting);
        if (!_failed && !_stopping.IsCancellationRequested)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(s_lastSave);
            try
            {
                await SaveAsync(patience.Token);
            }
            catch (Exception exception)
            {
                // The next activation replays from the position before.
                LogUncommitted(_partition, exception.GetType().Name);
            }
        }

        await _stopping.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _turn.Dispose();
        _saving.Dispose();
    }

    /// <inheritdoc/>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<HubMessage>().ResumeAsync(this);

    /// <inheritdoc/>
    public Task OnNextAsync(IList<SequentialItem<HubMessage>> items) =>
        _pace.RunAsync(items.Count, () => DeliverAsync([.. items.Select(item => item.Item)]), _stopping.Token);

    /// <inheritdoc/>
    public Task OnErrorAsync(Exception ex)
    {
        // What was not delivered is missing before the next message, and is read from the hub then.
        LogStreamError(_partition, ex.GetType().Name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeliverAsync(IReadOnlyList<HubMessage> messages) => GuardedAsync(() => TakeAsync(messages));

    /// <inheritdoc/>
    public async Task<long> CatchUpAsync()
    {
        var before = _refetched;
        await (_bodies?.CatchUpAsync() ?? GuardedAsync(() => RefetchAsync(long.MaxValue)));
        return _refetched - before;
    }

    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await InTurnAsync(work);
        }
        catch (OperationCanceledException exception) when (_stopping.IsCancellationRequested)
        {
            // The caller gave nothing up: whoever takes the partition over does it.
            throw new InvalidOperationException($"Partition {_partition} goes to another silo; try again.", exception);
        }
    }

    // One thing at a time: bodies are decided beside the calls that Orleans orders.
    private async Task InTurnAsync(Func<Task> work)
    {
        await _turn.WaitAsync(_stopping.Token);
        try
        {
            ObjectDisposedException.ThrowIf(_failed, this);
            await work();
        }
        catch (Exception exception)
        {
            GiveUp(exception);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void GiveUp(Exception exception)
    {
        if (!_failed)
        {
            _failed = true;
            if (!_stopping.IsCancellationRequested)
            {
                _instruments.GaveUp(_partition);
            }

            LogGivenUp(_partition, _last, exception.GetType().Name);
            DeactivateOnIdle();
        }
    }
}
