namespace Guard.Grains.Deciding;

/// <summary>What a segment tells of its messages beside their clicks.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.segment-notes")]
public sealed record SegmentNotes
{
    /// <summary>Gets when the last message came in, in Unix milliseconds.</summary>
    [Id(0)]
    public long Arrived { get; init; }

    /// <summary>Gets how many events were known already.</summary>
    [Id(1)]
    public long Duplicates { get; init; }

    /// <summary>Gets how many telemetry readings there were.</summary>
    [Id(2)]
    public long Telemetry { get; init; }

    /// <summary>Gets the events put into quarantine, without their content.</summary>
    [Id(3)]
    public SegmentRejection[] Rejections { get; init; } = [];
}
