namespace Guard.Grains.Ingest;

/// <summary>Where a partition stands. The counts are of this activation.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.ingest-status")]
public sealed record IngestStatus
{
    /// <summary>Gets the number of the last message that is done; −1 before the first.</summary>
    [Id(0)]
    public long Last { get; init; } = -1;

    /// <summary>Gets the number of the last message that is committed; −1 before the first.</summary>
    [Id(1)]
    public long Committed { get; init; } = -1;

    /// <summary>Gets the number of the last click.</summary>
    [Id(2)]
    public long Clicks { get; init; }

    /// <summary>Gets the messages that came again and were skipped.</summary>
    [Id(3)]
    public long Repeated { get; init; }

    /// <summary>Gets the messages that the stream did not deliver and that were read from the hub.</summary>
    [Id(4)]
    public long Refetched { get; init; }

    /// <summary>Gets the messages that the hub no longer held.</summary>
    [Id(5)]
    public long Expired { get; init; }

    /// <summary>Gets the events put into quarantine.</summary>
    [Id(6)]
    public long Quarantined { get; init; }

    /// <summary>Gets how often a shard or estimator was brought up to date.</summary>
    [Id(7)]
    public long CaughtUp { get; init; }

    /// <summary>Gets how many shards came back without state that they had saved.</summary>
    [Id(8)]
    public long Lost { get; init; }
}
