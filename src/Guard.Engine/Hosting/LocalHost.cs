using System.Diagnostics.Metrics;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Lifecycle;
using Guard.Engine.Decisions;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Engine.Policy;
using Guard.Engine.Snapshots;
using Guard.Engine.State;
using Guard.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Engine.Hosting;

/// <summary>
/// Guard on one machine, running: takes events in, decides, keeps all of it in a log and snapshots below one folder, and answers
/// those who ask. After a crash it goes on as if there had been none.
/// </summary>
/// <remarks>Disposing takes in what waits, makes it durable, takes a last snapshot and gives the folder back.</remarks>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly List<IDisposable> _closing = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IntakeQueue _queue;
    private readonly BatchLoop _loop;
    private readonly Task _polling;
    private bool _disposed;

    private LocalHost(
        LocalHostOptions options, EngineState state, PartitionLog log, SnapshotFolder folder, PolicySource policies, KeyedHash hash,
        EngineInstruments instruments, TimeProvider time, ILoggerFactory loggers)
    {
        var meter = new TrafficMeter(time);
        var quarantine = new RotatingQuarantine(options.Folder, options.QuarantineBytes, instruments, time, loggers.CreateLogger<RotatingQuarantine>());
        var pool = new ArrivedPool(() => new BodyReader(hash, options.Intake, quarantine));
        var (last, lastAlert) = (new Milestone(Math.Max(0, log.NextNumber - 1)), new Milestone(state.Streams.LastEvent));
        var decisions = new DecisionLog(log, last, new DecisionReader(state.Policies, policies), hash);
        var snapshots = new SnapshotTaker(
            state, log, folder, options.SnapshotInterval, options.SnapshotLogBytes, time, instruments, loggers.CreateLogger<SnapshotTaker>());
        _queue = new IntakeQueue(options.QueueBytes);
        var acknowledger = new Acknowledger(log, last, lastAlert, meter, instruments, time);
        _loop = new BatchLoop(state, log, _queue, pool, policies, acknowledger, snapshots, meter, instruments, options, time, loggers.CreateLogger<BatchLoop>());
        var access = new StateAccess(state, _queue, _loop.Ended);
        var traffic = new LocalTraffic(access, _queue, log, snapshots, folder, quarantine, policies, meter, time);
        (Decisions, Traffic) = (decisions, traffic);
        Ingest = new LocalIngest(_queue, pool, log, decisions, _loop, options.DiskPatience, time);
        Users = new LocalUsers(access, decisions, hash);
        var streams = new LocalStreams(access, lastAlert);
        (Streams, Alerts) = (streams, streams);
        Health = new LocalHealth(_loop, log, _queue);
        Findings = log.Findings;
        Observe(instruments, state, log, traffic, policies, time);
        _closing.AddRange([log, quarantine, instruments]);
        _loop.Start();
        _polling = PollAsync(policies, options.PolicyInterval, time);
    }

    /// <summary>Gets where events go in.</summary>
    public IIngest Ingest { get; }

    /// <summary>Gets the decisions.</summary>
    public IDecisionLog Decisions { get; }

    /// <summary>Gets the users.</summary>
    public IUsers Users { get; }

    /// <summary>Gets the traffic.</summary>
    public ITraffic Traffic { get; }

    /// <summary>Gets the telemetry streams.</summary>
    public IStreams Streams { get; }

    /// <summary>Gets starts and ends of alerts, for those who pass them on.</summary>
    public IAlertEvents Alerts { get; }

    /// <summary>Gets whether the host is fit.</summary>
    public IHostHealth Health { get; }

    /// <summary>Gets what was found wrong with the log when the host started.</summary>
    public IReadOnlyList<LogFinding> Findings { get; }

    /// <summary>Gets what waits for the loop, so that tests can hold it up.</summary>
    internal IntakeQueue Queue => _queue;

    /// <summary>Starts a host: loads the newest good snapshot, replays the log behind it, and takes events in.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="artifacts">Where models and thresholds are kept; a pair must be in force.</param>
    /// <param name="time">The clock; the system's where left out.</param>
    /// <param name="loggers">Makes loggers; none where left out.</param>
    /// <param name="meters">Makes the meter; one that listeners find by name where left out.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    /// <exception cref="FolderInUseException">Another process works in the folder.</exception>
    /// <exception cref="InputException">The folder, the key, the model or the thresholds cannot be used; the message says what to do.</exception>
    /// <exception cref="LogFormatException">Another version of Guard wrote the log.</exception>
    public static async Task<LocalHost> StartAsync(
        LocalHostOptions options, IArtifactStore artifacts, TimeProvider? time = null, ILoggerFactory? loggers = null, IMeterFactory? meters = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(artifacts);
        options.Validate();
        time ??= TimeProvider.System;
        loggers ??= NullLoggerFactory.Instance;
        var opened = new Stack<IDisposable>();
        try
        {
            opened.Push(FolderLock.Acquire(options.Folder));
            var hash = new KeyedHash(HashingKeyFile.LoadOrCreate(Path.Combine(options.Folder, "hashing.key")));
            var folder = new SnapshotFolder(Path.Combine(options.Folder, "snapshots"), loggers.CreateLogger<SnapshotFolder>());
            var policies = new PolicySource(artifacts, options.Name, options.Access, options.Crawlers, time, loggers.CreateLogger<PolicySource>());
            var recovering = Task.Run(() => Recovery.Run(options, folder, time, loggers.CreateLogger("Guard.Engine.State.Recovery"), cancellationToken), cancellationToken);
            var loading = policies.LoadFirstAsync(cancellationToken);
            await Task.WhenAll(recovering, loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (recovering.IsCompletedSuccessfully)
            {
                opened.Push(recovering.Result.Log);
            }

            await loading;
            var (state, log) = await recovering;
            var instruments = new EngineInstruments(meters);
            opened.Push(instruments);
            var host = new LocalHost(options, state, log, folder, policies, hash, instruments, time, loggers);
            host._closing.Add(opened.Last());
            return host;
        }
        catch
        {
            while (opened.TryPop(out var part))
            {
                part.Dispose();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        await _polling;
        _queue.Close();
        await _loop.Ended;
        foreach (var part in _closing)
        {
            part.Dispose();
        }

        _stop.Dispose();
    }

    private static void Observe(EngineInstruments instruments, EngineState state, PartitionLog log, LocalTraffic traffic, PolicySource policies, TimeProvider time)
    {
        instruments.Observe("guard.queue.age", "s", "How long the oldest waiting event has waited.", () => traffic.QueueAge.TotalSeconds);
        instruments.Observe("guard.snapshot.age", "s", "The age of the newest snapshot.", () => traffic.SnapshotAge?.TotalSeconds ?? double.NaN);
        instruments.Observe("guard.users", "{user}", "Users with counters.", () => state.Counters.Users);
        instruments.Observe("guard.entities", "{address}", "Addresses with counters.", () => state.Counters.Entities);
        instruments.Observe("guard.shards.size", "By", "The bytes of all shards.", () => state.Counters.MemoryBytes);
        instruments.Observe("guard.model.age", "s", "How long ago the clicks ended that the model in force was trained on.", () => (time.GetUtcNow() - policies.View.Model.SpanEnd).TotalSeconds);
        instruments.Observe("guard.thresholds.age", "s", "How long ago the clicks ended that the thresholds in force were calibrated on.", () => (time.GetUtcNow() - policies.View.Thresholds.Calibration.To).TotalSeconds);
        instruments.Observe("guard.policy.check.age", "s", "How long ago it was last found that no newer model and thresholds are in force.", () => (time.GetUtcNow() - policies.View.Checked).TotalSeconds);
        instruments.Observe("guard.log.size", "By", "The bytes of the log.", () => log.Bytes);
    }

    private async Task PollAsync(PolicySource policies, TimeSpan interval, TimeProvider time)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await policies.PollAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
