using Guard.Grains.Counting;

namespace Guard.Grains.Ingest;

/// <summary>A partition as it is saved: where it stands, and what numbers and deduplicates its events. All shards have saved at least as much.</summary>
[GenerateSerializer]
[Alias("guard.ingest-state")]
public sealed class IngestState
{
    /// <summary>Gets or sets the number of the last message that is done; −1 before the first.</summary>
    [Id(0)]
    public long SequenceNumber { get; set; } = -1;

    /// <summary>Gets or sets its place, as the hub spells it.</summary>
    [Id(1)]
    public string Offset { get; set; } = "";

    /// <summary>Gets or sets the intake: the number of the last click, the newest time, the duplicate window.</summary>
    [Id(2)]
    public byte[] Intake { get; set; } = [];

    /// <summary>Gets or sets what the shards were given.</summary>
    [Id(3)]
    public GivenClicks Given { get; set; } = new();

    /// <summary>Gets or sets how many telemetry readings the partition had.</summary>
    [Id(4)]
    public long Readings { get; set; }
}
