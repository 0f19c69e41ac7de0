using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Guard.Core.Clicks;
using Guard.Core.Scoring;

namespace Guard.Grains.Ingest;

/// <summary>What the partitions of a silo measure, on the meter <see cref="MeterName"/>. Safe for concurrent use.</summary>
public sealed class IngestInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Guard.Grains";

    private static readonly string[] s_reasons = [.. Enum.GetNames<RejectReason>()];
    private static readonly TimeSpan s_recent = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<int, Progress> _partitions = new();
    private readonly ConcurrentDictionary<int, WaitingMessages> _waiting = new();
    private readonly ConcurrentDictionary<int, Func<long>> _cached = new();
    private readonly TimeProvider _time;
    private readonly Counter<long> _decisions;
    private readonly Action<Slice, Verdict, long> _count;
    private readonly ConcurrentDictionary<int, long> _failures = new();
    private readonly long[] _quarantined = new long[s_reasons.Length];
    private readonly Histogram<double> _latency;
    private long _repeated;
    private long _refetched;
    private long _expired;
    private long _lost;

    /// <summary>Makes the instruments.</summary>
    public IngestInstruments(IMeterFactory meters, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _time = time;
        var meter = meters.Create(MeterName);
        _decisions = meter.CreateCounter<long>("guard.decisions", "{click}", "Clicks decided, by verdict and by device and login.");
        _count = (slice, verdict, count) => _decisions.Add(count, DecisionTags.Of(verdict), DecisionTags.Of(slice));

        // A counter that appears with its first loss has no increase that an alert could see: these begin at 0.
        meter.CreateObservableCounter("guard.quarantined", Quarantined, "{event}", "Events put into quarantine, by reason.");
        meter.CreateObservableCounter("guard.messages.repeated", () => Volatile.Read(ref _repeated), "{message}", "Messages that came again and were skipped.");
        meter.CreateObservableCounter("guard.messages.refetched", () => Volatile.Read(ref _refetched), "{message}", "Messages that the stream did not deliver and that were read from the hub.");
        meter.CreateObservableCounter("guard.messages.expired", () => Volatile.Read(ref _expired), "{message}", "Messages that the hub no longer held when they were wanted.");
        meter.CreateObservableCounter("guard.shards.lost", () => Volatile.Read(ref _lost), "{shard}", "Shards that came back without counters that they had saved.");
        meter.CreateObservableCounter("guard.partition.failures", Failures, "{failure}", "Times that a partition gave up in the midst of its work and began again at its committed position.");
        _latency = meter.CreateHistogram<double>("guard.decision.duration", "s", "From an event's arrival to its durable decision.");
        meter.CreateObservableGauge("guard.ingest.lag", () => Each(progress => _time.GetElapsedTime(progress.At) < s_recent ? progress.Lag.TotalSeconds : 0), "s",
            "How old the newest decided message was when it was decided, by partition; 0 where none was for a minute.");
        meter.CreateObservableGauge("guard.queue.age", QueueAges, "s", "How long the oldest message waits that a partition, or its stream's cache, took in and that is not decided; 0 where none does.");
        meter.CreateObservableGauge("guard.position.age", () => Each(progress => progress.Waiting is { } since ? _time.GetElapsedTime(since).TotalSeconds : 0), "s",
            "How long the oldest decided message waits for its partition's position to be committed; 0 where none does.");
    }

    internal long Now => _time.GetTimestamp();

    // Replayed messages were counted when they were decided first; their position waits as others' do.
    internal void Passed(int partition, ReadOnlySpan<HubMessage> messages, bool fresh, DecisionCounts counts)
    {
        var (now, stamp) = (_time.GetUtcNow().ToUnixTimeMilliseconds(), _time.GetTimestamp());
        if (fresh)
        {
            foreach (var message in messages)
            {
                _latency.Record(HubMessage.AgeOf(message.EnqueuedTime, now).TotalSeconds);
            }

            counts.Drain(_count);
        }

        var lag = HubMessage.AgeOf(messages[^1].EnqueuedTime, now);
        _partitions.AddOrUpdate(partition, _ => new Progress(lag, stamp, stamp), (_, before) => new Progress(lag, stamp, before.Waiting ?? stamp));
    }

    // What passed after the position was captured waits for the next.
    internal void Committed(int partition, long captured)
    {
        if (_partitions.TryGetValue(partition, out var before))
        {
            _partitions.TryUpdate(partition, before with { Waiting = before.At > captured ? captured : null }, before);
        }
    }

    // How often it failed stays known, also when it goes on at another silo: counters never fall.
    internal void Opened(int partition, WaitingMessages waiting)
    {
        _failures.TryAdd(partition, 0);
        _waiting[partition] = waiting;
    }

    // The silo that reads a partition of the hub need not be the one that decides it: each tells what it knows of.
    internal void Receives(int partition, Func<long> oldest) => _cached[partition] = oldest;

    internal void ReceivesNoMore(int partition) => _cached.TryRemove(partition, out _);

    internal void GaveUp(int partition) => _failures.AddOrUpdate(partition, 1, static (_, count) => count + 1);

    internal void Left(int partition, WaitingMessages waiting)
    {
        _partitions.TryRemove(partition, out _);
        _waiting.TryRemove(KeyValuePair.Create(partition, waiting));
    }

    internal void Quarantined(RejectReason reason) => Interlocked.Increment(ref _quarantined[(int)reason]);

    internal void Repeated(long messages) => Interlocked.Add(ref _repeated, messages);

    internal void Refetched(long messages) => Interlocked.Add(ref _refetched, messages);

    internal void Expired(long messages) => Interlocked.Add(ref _expired, messages);

    internal void Lost(long shards) => Interlocked.Add(ref _lost, shards);

    // "None" is no reason.
    private IEnumerable<Measurement<long>> Quarantined() =>
        Enumerable.Range(1, s_reasons.Length - 1).Select(reason => new Measurement<long>(Volatile.Read(ref _quarantined[reason]), new KeyValuePair<string, object?>("guard.reason", s_reasons[reason])));

    private IEnumerable<Measurement<long>> Failures() => _failures.Select(static pair => new Measurement<long>(pair.Value, Tag(pair.Key)));

    private IEnumerable<Measurement<double>> QueueAges()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _waiting.Keys.Union(_cached.Keys).Select(partition => new Measurement<double>(HubMessage.AgeOf(OldestOf(partition), now).TotalSeconds, Tag(partition)));
    }

    private long OldestOf(int partition) => Math.Min(
        _waiting.TryGetValue(partition, out var waiting) ? waiting.Oldest : long.MaxValue, _cached.TryGetValue(partition, out var cached) ? cached() : long.MaxValue);

    private IEnumerable<Measurement<double>> Each(Func<Progress, double> figure) =>
        _partitions.Select(pair => new Measurement<double>(figure(pair.Value), Tag(pair.Key)));

    private static KeyValuePair<string, object?> Tag(int partition) => new("guard.partition", partition);

    private readonly record struct Progress(TimeSpan Lag, long At, long? Waiting);
}
