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
    private readonly TimeProvider _time;
    private readonly Counter<long> _decisions;
    private readonly Action<Slice, Verdict, long> _count;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _latency;
    private long _repeated;
    private long _refetched;
    private long _expired;

    /// <summary>Makes the instruments.</summary>
    public IngestInstruments(IMeterFactory meters, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _time = time;
        var meter = meters.Create(MeterName);
        _decisions = meter.CreateCounter<long>("guard.decisions", "{click}", "Clicks decided, by verdict and by device and login.");
        _count = (slice, verdict, count) => _decisions.Add(count, DecisionTags.Of(verdict), DecisionTags.Of(slice));
        _quarantined = meter.CreateCounter<long>("guard.quarantined", "{event}", "Events put into quarantine, by reason.");

        // A counter that appears with its first loss has no increase that an alert could see: these begin at 0.
        meter.CreateObservableCounter("guard.messages.repeated", () => Volatile.Read(ref _repeated), "{message}", "Messages that came again and were skipped.");
        meter.CreateObservableCounter("guard.messages.refetched", () => Volatile.Read(ref _refetched), "{message}", "Messages that the stream did not deliver and that were read from the hub.");
        meter.CreateObservableCounter("guard.messages.expired", () => Volatile.Read(ref _expired), "{message}", "Messages that the hub no longer held when they were wanted.");
        _failures = meter.CreateCounter<long>("guard.partition.failures", "{failure}", "Times that a partition gave up in the midst of its work and began again at its committed position.");
        _latency = meter.CreateHistogram<double>("guard.decision.duration", "s", "From an event's arrival to its durable decision.");
        meter.CreateObservableGauge("guard.ingest.lag", () => Each(progress => _time.GetElapsedTime(progress.At) < s_recent ? progress.Lag.TotalSeconds : 0), "s",
            "How old the newest decided message was when it was decided, by partition; 0 where none was for a minute.");
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
                _latency.Record((now - message.EnqueuedTime) / 1000.0);
            }

            counts.Drain(_count);
        }

        var lag = TimeSpan.FromMilliseconds(now - messages[^1].EnqueuedTime);
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

    internal void GaveUp(int partition) => _failures.Add(1, new KeyValuePair<string, object?>("guard.partition", partition));

    internal void Left(int partition) => _partitions.TryRemove(partition, out _);

    internal void Quarantined(RejectReason reason) => _quarantined.Add(1, new KeyValuePair<string, object?>("guard.reason", s_reasons[(int)reason]));

    internal void Repeated(long messages) => Interlocked.Add(ref _repeated, messages);

    internal void Refetched(long messages) => Interlocked.Add(ref _refetched, messages);

    internal void Expired(long messages) => Interlocked.Add(ref _expired, messages);

    private IEnumerable<Measurement<double>> Each(Func<Progress, double> figure) =>
        _partitions.Select(pair => new Measurement<double>(figure(pair.Value), new KeyValuePair<string, object?>("guard.partition", pair.Key)));

    private readonly record struct Progress(TimeSpan Lag, long At, long? Waiting);
}
