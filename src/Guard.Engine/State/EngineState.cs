using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Watching.Slices;
using Guard.Core.Watching.Streams;
using Guard.Engine.Policy;
using Guard.Engine.Shards;

namespace Guard.Engine.State;

/// <summary>
/// All state that the log determines, as a list of parts that are saved one by one. Every part holds the effect of the log
/// up to a position of its own, so that a snapshot may save one part, let batches pass, and save the next.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed partial class EngineState
{
    /// <summary>The log of one machine has one partition.</summary>
    public const int Partition = 0;

    private readonly long[] _from;
    private readonly List<TelemetryPoint> _ownReadings = [];
    private readonly SliceMetricsOptions _metricsOptions;
    private SliceMetrics _metrics;

    /// <summary>Starts empty.</summary>
    public EngineState(IntakeOptions intake, ShardOptions shards)
    {
        Admission = new Admission(intake);
        Counters = new LocalCounters(shards);
        _from = new long[FirstShard + Counters.Parts];
        _metricsOptions = new SliceMetricsOptions { LateAllowance = TimeSpan.FromTicks(Math.Min(intake.LateAllowance.Ticks, TimeSpan.FromHours(12).Ticks)) };
        _metrics = new SliceMetrics(_metricsOptions);
    }

    /// <summary>Gets duplicates, numbers and lateness.</summary>
    public Admission Admission { get; }

    /// <summary>Gets the shards.</summary>
    public LocalCounters Counters { get; }

    /// <summary>Gets the policies that decided.</summary>
    public KeptPolicies Policies { get; } = new();

    /// <summary>Gets what happened in each slice.</summary>
    public SliceTallies Tallies { get; } = new();

    /// <summary>Gets the telemetry streams.</summary>
    public StreamRegistry Streams { get; private set; } = new();

    /// <summary>Gets how many parts there are.</summary>
    public int Parts => _from.Length;

    /// <summary>Gets the position from which the log must be replayed on a state that was loaded.</summary>
    public long ReplayFrom => _from.Min();

    /// <summary>Gets the readings of Guard's own metrics that the last block gave rise to. The next block begins with them.</summary>
    /// <remarks>While there are some, the state cannot be saved.</remarks>
    public IReadOnlyList<TelemetryPoint> OwnReadings => _ownReadings;

    /// <summary>Takes in what the watching parts need of a decided batch, whose clicks are counted and whose events are admitted already.</summary>
    /// <param name="batch">The events, <see cref="OwnReadings"/> among them.</param>
    /// <param name="decided">The decisions.</param>
    /// <param name="time">The time that the block bears, in Unix milliseconds.</param>
    public void Watch(EventBatch batch, DecidedBatch decided, long time)
    {
        Tallies.Add(batch.Clicks, decided.Decisions);
        Tallies.Add(batch.Purchases);
        ReadMetrics(time);
        foreach (var point in batch.Telemetry)
        {
            Streams.Take(point);
        }
    }

    private void ReadMetrics(long time)
    {
        _ownReadings.Clear();
        _metrics.Advance(Tallies, time, _ownReadings);
    }
}
