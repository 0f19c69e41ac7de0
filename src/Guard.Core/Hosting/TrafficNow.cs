namespace Guard.Core.Hosting;

/// <summary>How a host does at one moment. Totals count since the process started; those of a cluster, whose processes come and go, since its state began.</summary>
public sealed record TrafficNow
{
    /// <summary>Gets when the process started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the event time of the newest click; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Gets the clicks decided.</summary>
    public long Clicks { get; init; }

    /// <summary>Gets the clicks invalidated by a list.</summary>
    public long GeneralInvalid { get; init; }

    /// <summary>Gets the clicks invalidated by the model.</summary>
    public long SophisticatedInvalid { get; init; }

    /// <summary>Gets the purchases taken in.</summary>
    public long Purchases { get; init; }

    /// <summary>Gets the telemetry readings taken in, Guard's own among them.</summary>
    public long Telemetry { get; init; }

    /// <summary>Gets the events that were known already.</summary>
    public long Duplicates { get; init; }

    /// <summary>Gets the events in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>Gets the clicks decided a second, over the last ten seconds of the host's clock.</summary>
    public double ClicksPerSecond { get; init; }

    /// <summary>Gets the latency from a click's arrival to its durable decision, over the last minutes.</summary>
    public required LatencyView Latency { get; init; }

    /// <summary>Gets how long the oldest waiting event has waited; where a part of a cluster does not answer, of the others.</summary>
    public TimeSpan QueueAge { get; init; }

    /// <summary>Gets the users with counters.</summary>
    public long Users { get; init; }

    /// <summary>Gets the addresses with counters.</summary>
    public long Entities { get; init; }

    /// <summary>Gets the age of the newest snapshot; <see langword="null"/> where there is none.</summary>
    public TimeSpan? SnapshotAge { get; init; }

    /// <summary>Gets the bytes of log and snapshots; <see langword="null"/> where the host does not know, as its store is another's.</summary>
    public long? StoredBytes { get; init; }
}
