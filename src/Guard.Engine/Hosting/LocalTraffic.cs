using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Engine.Policy;
using Guard.Engine.Snapshots;
using Guard.Engine.Telemetry;

namespace Guard.Engine.Hosting;

/// <summary>Reads what the host sees of its traffic.</summary>
internal sealed class LocalTraffic(
    StateAccess state, IntakeQueue queue, PartitionLog log, SnapshotTaker snapshots, SnapshotFolder folder, RotatingQuarantine quarantine,
    PolicySource policies, TrafficMeter meter, TimeProvider time) : ITraffic
{
    private const int MostRows = 1_000;

    /// <summary>Gets how long the oldest waiting event has waited.</summary>
    public TimeSpan QueueAge => queue.Oldest is { } oldest ? time.GetElapsedTime(oldest) : TimeSpan.Zero;

    /// <summary>Gets the age of the newest snapshot, or <see langword="null"/>.</summary>
    public TimeSpan? SnapshotAge => snapshots.Taken is { } taken ? time.GetUtcNow() - taken : null;

    /// <inheritdoc/>
    public ValueTask<TrafficNow> NowAsync(CancellationToken cancellationToken = default) => state.ReadAsync(
        engine =>
        {
            var counts = engine.Admission.Counts;
            return new TrafficNow
            {
                Started = meter.Started,
                Newest = engine.Admission.Watermark == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(engine.Admission.Watermark),
                Clicks = counts.Clicks,
                GeneralInvalid = meter.GeneralInvalid,
                SophisticatedInvalid = meter.SophisticatedInvalid,
                Purchases = counts.Purchases,
                Telemetry = counts.Telemetry,
                Duplicates = counts.Duplicates,
                Quarantined = quarantine.Count,
                ClicksPerSecond = meter.Rate.View(),
                Latency = meter.Latency.View(),
                QueueAge = QueueAge,
                Users = engine.Counters.Users,
                Entities = engine.Counters.Entities,
                SnapshotAge = SnapshotAge,
                StoredBytes = log.Bytes + folder.Bytes,
            };
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SliceTraffic>> SlicesAsync(CancellationToken cancellationToken = default)
    {
        var thresholds = policies.Current.Policy.Thresholds;
        return state.ReadAsync(engine => engine.Tallies.Slices(thresholds), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SliceCourse?> CourseAsync(Slice slice, CancellationToken cancellationToken = default)
    {
        var thresholds = policies.Current.Policy.Thresholds;
        return state.ReadAsync(engine => engine.Tallies.Course(slice, thresholds), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<QuarantineView> QuarantineAsync(int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostRows);
        return new ValueTask<QuarantineView>(quarantine.View(maximum));
    }

    /// <inheritdoc/>
    public ValueTask<PolicyView> PolicyAsync(CancellationToken cancellationToken = default) => new(policies.View);
}
