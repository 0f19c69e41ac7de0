using System.Diagnostics;
using System.Diagnostics.Metrics;
using Guard.Core.Clicks;
using Guard.Core.Scoring;

namespace Guard.Engine.Telemetry;

/// <summary>What the engine measures of itself, under the meter and the activity source <c>Guard.Engine</c>. No tag names a user, an address or a click.</summary>
public sealed class EngineInstruments : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Guard.Engine";

    private static readonly string[] s_reasons = [.. Enum.GetNames<RejectReason>()];
    private readonly Meter _meter;
    private readonly DecisionCounts _counts = new();
    private readonly Action<Slice, Verdict, long> _count;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _purchases;
    private readonly Counter<long> _telemetry;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _early;
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _snapshots;
    private readonly Histogram<double> _pauses;

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">Makes the meter; <see langword="null"/> for one that listeners find by name.</param>
    public EngineInstruments(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(Name) ?? new Meter(Name);
        Source = new ActivitySource(Name);
        _decisions = _meter.CreateCounter<long>("guard.decisions", "{click}", "Clicks decided, by verdict and by device and login.");
        _count = (slice, verdict, count) => _decisions.Add(count, DecisionTags.Of(verdict), DecisionTags.Of(slice));
        _purchases = _meter.CreateCounter<long>("guard.purchases", "{purchase}", "Purchases taken in.");
        _telemetry = _meter.CreateCounter<long>("guard.telemetry.readings", "{reading}", "Telemetry readings taken in.");
        _duplicates = _meter.CreateCounter<long>("guard.duplicates", "{event}", "Events that were known already.");
        _quarantined = _meter.CreateCounter<long>("guard.quarantined", "{event}", "Events put into quarantine, by reason.");
        _early = _meter.CreateCounter<long>("guard.scores.early", "{click}", "Decisions given to their senders before the disk had the click, which was late.");
        _batches = _meter.CreateHistogram<int>("guard.batch.size", "{event}", "Events of a batch.");
        _latency = _meter.CreateHistogram<double>("guard.decision.duration", "s", "From an event's arrival to its durable decision.");
        _snapshots = _meter.CreateHistogram<double>("guard.snapshot.duration", "s", "From the first part of a snapshot to its name on the disk.");
        _pauses = _meter.CreateHistogram<double>("guard.snapshot.pause", "s", "How long one part of a snapshot held the engine up, by kind of part.");
    }

    /// <summary>Gets the source of the activities, one a batch.</summary>
    public ActivitySource Source { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        Source.Dispose();
    }

    /// <summary>Observes a figure whenever it is asked for.</summary>
    internal void Observe(string name, string unit, string description, Func<double> figure) =>
        _meter.CreateObservableGauge(name, figure, unit, description);

    internal void OnBatch(int events, ReadOnlySpan<Decision> decisions, int purchases, int telemetry, int duplicates)
    {
        _batches.Record(events);
        _counts.Add(decisions);
        _counts.Drain(_count);
        Add(_purchases, purchases);
        Add(_telemetry, telemetry);
        Add(_duplicates, duplicates);
    }

    internal void OnQuarantined(RejectReason reason) => _quarantined.Add(1, new KeyValuePair<string, object?>("guard.reason", s_reasons[(int)reason]));

    internal void OnEarly(int scores) => Add(_early, scores);

    internal void OnDurable(TimeSpan latency) => _latency.Record(latency.TotalSeconds);

    internal void OnSnapshot(TimeSpan duration) => _snapshots.Record(duration.TotalSeconds);

    internal void OnPause(TimeSpan duration, string part) => _pauses.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("guard.part", part));

    private static void Add(Counter<long> counter, int count)
    {
        if (count > 0)
        {
            counter.Add(count);
        }
    }
}
