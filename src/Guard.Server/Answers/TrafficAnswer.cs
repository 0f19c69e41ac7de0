namespace Guard.Server.Answers;

/// <summary>How it goes at this moment; totals count since the process started.</summary>
/// <param name="Started">When the process started.</param>
/// <param name="Newest">The event time of the newest click.</param>
/// <param name="Clicks">The clicks decided.</param>
/// <param name="GeneralInvalid">Those invalidated by a list.</param>
/// <param name="SophisticatedInvalid">Those invalidated by the model.</param>
/// <param name="Purchases">The purchases.</param>
/// <param name="Telemetry">The telemetry readings.</param>
/// <param name="Duplicates">The events known already.</param>
/// <param name="Quarantined">The events in quarantine.</param>
/// <param name="ClicksPerSecond">The clicks decided a second.</param>
/// <param name="Latency">From a click's arrival to its durable decision.</param>
/// <param name="QueueMilliseconds">How long the oldest waiting event has waited.</param>
/// <param name="Users">The users with counters.</param>
/// <param name="Entities">The addresses with counters.</param>
/// <param name="SnapshotSeconds">The age of the newest snapshot.</param>
/// <param name="StoredBytes">The bytes of log and snapshots; null where the host does not know.</param>
public sealed record TrafficAnswer(
    DateTimeOffset Started,
    DateTimeOffset? Newest,
    long Clicks,
    long GeneralInvalid,
    long SophisticatedInvalid,
    long Purchases,
    long Telemetry,
    long Duplicates,
    long Quarantined,
    double ClicksPerSecond,
    LatencyAnswer Latency,
    double QueueMilliseconds,
    long Users,
    long Entities,
    double? SnapshotSeconds,
    long? StoredBytes);
